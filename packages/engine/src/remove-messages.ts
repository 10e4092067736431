import { type BothSides, type Cursor, type FolderPair, otherSide, type Pair, type Side } from '@mailtide/contracts'
import { finishFolder } from './finish-folder.ts'
import { openFolder } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'

/** What one pair of folders still has to have removed, and the cursors that stand once it is. */
export interface PendingRemovals {
  readonly folders: FolderPair
  readonly on: BothSides<readonly Pair[]>
  readonly cursors: BothSides<Cursor>
  readonly tally: Tally
}

const batchSize = 1000

/** Removes what the guard let through. What is held keeps its cursor back, so that the next run plans it again. */
export async function removeMessages(
  context: SyncContext,
  { folders, on, cursors, tally }: PendingRemovals,
  held: ReadonlySet<Side>,
): Promise<void> {
  const status = context.request.status.folder(folders)
  for (const side of ['local', 'remote'] as const) {
    if (held.has(side) || on[side].length === 0) continue
    const folder = await openFolder(context, folders, side)
    try {
      // A second attempt finds the baseline without those that the first removed.
      const left = on[side].filter((pair) => status.pair(side, pair[side]))
      for (let start = 0; start < left.length; start += batchSize) {
        context.signal.throwIfAborted()
        const batch = left.slice(start, start + batchSize)
        await folder.remove(
          batch.map((pair) => pair[side]),
          context.signal,
        )
        status.commit({ drop: batch })
        tally.add(side, 'removed', batch.length)
        tally.removed.push({ side, pairs: batch })
      }
    } finally {
      await folder.close()
    }
  }
  const heldBack = (side: Side) => held.has(otherSide(side)) && on[otherSide(side)].length > 0
  const cursorOf = (side: Side) => (heldBack(side) ? (status.cursors?.[side] ?? cursors[side]) : cursors[side])
  status.commit({ cursors: { local: cursorOf('local'), remote: cursorOf('remote') } })
  finishFolder(context, folders, tally)
}
