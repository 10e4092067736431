import type { FolderPair } from '@mailtide/contracts'
import type { AccountRun } from '../run/account-run.ts'
import type { Output } from '../run/output.ts'
import { type RoundResult, syncOnce } from '../run/sync-once.ts'

/** Folders in which something happened, perhaps by our own hand. */
export interface Stirred {
  readonly folders: readonly FolderPair[]
  readonly isEcho: boolean
}

/**
 * Syncs folders alone. Hooks are for what others did: where we ourselves may have stirred, it is looked first whether there
 * is anything to do at all.
 */
export async function syncFolders(run: AccountRun, { folders, isEcho }: Stirred): Promise<RoundResult> {
  const { preSyncHook, postSyncHook } = run.account
  if (isEcho && (preSyncHook !== undefined || postSyncHook !== undefined)) {
    const { hasNews, result } = await lookAt(run, folders)
    if (!hasNews) return result
  }
  return syncOnce(run, false, { folders })
}

/** Plans a sync, carries nothing out and tells nobody. */
async function lookAt(run: AccountRun, folders: readonly FolderPair[]) {
  let hasNews = false
  const output: Output = {
    ...run.output,
    show: () => undefined,
    tell: (event) => {
      if (event.type === 'step-planned') hasNews = true
    },
  }
  const result = await syncOnce({ ...run, output, general: { ...run.general, dryRun: true } }, false, { folders })
  return { hasNews, result }
}
