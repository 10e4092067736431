import type { Baseline, BothSides, FolderPair, MessageId, Pair, Side } from '@mailtide/contracts'
import { otherSide } from '@mailtide/contracts'
import type { SideDelta } from '@mailtide/planner'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'

/**
 * Messages of a side that were copied, and that the other side took for others which it has already (Gmail keeps one of
 * each), with the ids that they got there. They stay, are no pairs, and are not copied again as long as the other one stands.
 */
type Twins = Partial<Record<Side, Record<MessageId, MessageId>>>

/** Writes down which messages turned out to be twins. */
export function rememberTwins(
  { request }: SyncContext,
  folders: FolderPair,
  side: Side,
  twins: ReadonlyMap<MessageId, MessageId>,
): void {
  const known = readTwins(request.status.note(keyOf(folders)))
  const all = { ...known, [side]: { ...known[side], ...Object.fromEntries(twins) } }
  request.status.setNote(keyOf(folders), JSON.stringify(all))
}

/** The messages of each side that are not new, as they are twins of what is paired. Forgets those that are gone. */
export function twinsOf(
  { request, dryRun }: SyncContext,
  folders: FolderPair,
  changes: ChangesOfBoth,
  deltas: BothSides<SideDelta>,
  baseline: Baseline,
): BothSides<ReadonlySet<MessageId>> {
  const note = request.status.note(keyOf(folders))
  if (note === undefined) return { local: new Set(), remote: new Set() }
  const known = readTwins(note)
  const remaining = (side: Side) => {
    const listed = changes[side]
    const isAll = listed.kind === 'full'
    const there = new Set<MessageId>()
    if (isAll) for (const { id } of deltas[side].changed) there.add(id)
    return Object.entries(known[side] ?? {}).filter(
      ([id, twin]) => (!isAll || there.has(id as MessageId)) && baseline.pair(otherSide(side), twin) !== undefined,
    )
  }
  const now = { local: Object.fromEntries(remaining('local')), remote: Object.fromEntries(remaining('remote')) }
  const text = JSON.stringify(now)
  if (!dryRun && text !== note) request.status.setNote(keyOf(folders), text)
  return { local: idsOf(now.local), remote: idsOf(now.remote) }
}

/** Whether a message is about to be removed that others of this side were taken for. */
export function losesItsTwin(
  { request }: SyncContext,
  folders: FolderPair,
  side: Side,
  removals: BothSides<readonly Pair[]>,
): boolean {
  const note = request.status.note(keyOf(folders))
  if (note === undefined) return false
  const twins = new Set(Object.values(readTwins(note)[side] ?? {}))
  return [...removals.local, ...removals.remote].some((pair) => twins.has(pair[otherSide(side)]))
}

function keyOf({ local, remote }: FolderPair): string {
  return `twins/${JSON.stringify([local, remote])}`
}

function readTwins(note: string | undefined): Twins {
  return note === undefined ? {} : JSON.parse(note)
}

function idsOf(twins: Record<string, unknown>): Set<MessageId> {
  return new Set(Object.keys(twins) as MessageId[])
}
