import type { FolderPair } from '@mailtide/contracts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'

/** Says that a folder is done and adds what was done to the account's sum. */
export function finishFolder({ tally, emit }: SyncContext, folders: FolderPair, done: Tally): void {
  tally.addAll(done.counts())
  const { outside, removed, flagged } = done
  emit({
    type: 'folder-finished',
    folders,
    counts: done.counts(),
    ...(outside.local + outside.remote > 0 && { outside }),
    ...(removed.length > 0 && { removed }),
    ...(flagged.length > 0 && { flagged }),
  })
}
