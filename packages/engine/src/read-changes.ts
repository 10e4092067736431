import type { BothSides, Changes, Side } from '@mailtide/contracts'
import { knownOn, type OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'

/** What each side answered. */
export type ChangesOfBoth = BothSides<Changes>

/** Asks both sides at once what changed; a side that the survey saw unchanged isn't asked. */
export async function readChanges(
  { signal }: SyncContext,
  { open, status }: OpenFolders,
  mayHaveChanged: BothSides<boolean>,
): Promise<ChangesOfBoth> {
  const read = async (side: Side): Promise<Changes> => {
    const cursor = status.cursors?.[side]
    if (cursor && cursor.position !== '' && !mayHaveChanged[side]) {
      return { kind: 'delta', cursor, changed: [], vanished: [] }
    }
    const folder = await open[side]()
    return folder.changes(cursor, knownOn(side, status), signal)
  }
  const [local, remote] = await Promise.all([read('local'), read('remote')])
  return { local, remote }
}
