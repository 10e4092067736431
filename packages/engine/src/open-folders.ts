import type { Baseline, BothSides, Folder, FolderPair, FolderStatus, KnownMessages, Side } from '@mailtide/contracts'
import type { LabelRules } from '@mailtide/planner'
import type { SyncContext } from './sync-context.ts'

/** One pair of folders with its baseline; each side's folder is opened when it is first asked for. */
export interface OpenFolders {
  readonly folders: FolderPair
  readonly open: BothSides<() => Promise<Folder>>
  readonly status: FolderStatus
  /** Which labels are kept in step; absent where none are. */
  readonly labels?: LabelRules | undefined
}

/** Lends both folders for as long as the work takes, and closes those that were opened. */
export async function withFolders<T>(
  context: SyncContext,
  folders: FolderPair,
  work: (open: OpenFolders['open']) => Promise<T>,
): Promise<T> {
  const opened: { local?: Promise<Folder>; remote?: Promise<Folder> } = {}
  const openOnce = (side: Side) => () => (opened[side] ??= openFolder(context, folders, side))
  try {
    return await work({ local: openOnce('local'), remote: openOnce('remote') })
  } finally {
    // One that could not be opened has been reported by whoever asked for it.
    const results = await Promise.allSettled([opened.local, opened.remote])
    for (const result of results) if (result.status === 'fulfilled') await result.value?.close()
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
