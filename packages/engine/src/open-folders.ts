import type { Baseline, BothSides, Folder, FolderPair, FolderStatus, KnownMessages, Side } from '@mailtide/contracts'
import type { SyncContext } from './sync-context.ts'

/** One pair of folders, open on both sides, with its baseline. */
export interface OpenFolders {
  readonly folders: FolderPair
  readonly open: BothSides<Folder>
  readonly status: FolderStatus
}

/** Opens both folders for as long as the work takes. */
export async function withOpen<T>(
  context: SyncContext,
  folders: FolderPair,
  work: (open: BothSides<Folder>) => Promise<T>,
): Promise<T> {
  const local = await openFolder(context, folders, 'local')
  try {
    const remote = await openFolder(context, folders, 'remote')
    try {
      return await work({ local, remote })
    } finally {
      await remote.close()
    }
  } finally {
    await local.close()
  }
}

/** Opens one side's folder, without the right to alter it where nothing may be altered. */
export function openFolder(
  { repositories, rules, dryRun, signal }: SyncContext,
  folders: FolderPair,
  side: Side,
): Promise<Folder> {
  return repositories[side].open(folders[side], dryRun || rules[side].readOnly ? 'examine' : 'select', signal)
}

/** The messages of one side that the baseline holds. */
export function knownOn(side: Side, status: Baseline): KnownMessages {
  return {
    get count() {
      return status.count
    },
    has: (id) => status.pair(side, id) !== undefined,
    *ids() {
      for (const pair of status.pairs()) yield pair[side]
    },
  }
}
