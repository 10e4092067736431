import { type BothSides, type MessageId, type MessageSummary, otherSide, type Side } from '@mailtide/contracts'
import type { SideDelta } from '@mailtide/planner'
import { type Compared, findSame } from './find-same.ts'
import type { SyncContext } from './sync-context.ts'

/** Known messages that a side now has under another id: the new id to the old one. */
export type RenamedMessages = BothSides<ReadonlyMap<MessageId, MessageId>>

/**
 * Recognises known messages that got another id: files that a mail client renamed and that bear no `U=` any more, messages
 * that a server gave new UIDs. What is gone on a side and what is new on it is compared, by way of the copies on the other
 * side: sizes first, headers where they agree, and the second of their receipt. A message that was edited in its place may
 * have kept its header and its size, but not the time of its file. Nothing is asked where nothing is gone.
 */
export async function findRenamed(
  context: SyncContext,
  compared: Compared,
  deltas: BothSides<SideDelta>,
): Promise<RenamedMessages> {
  const gone = { local: new Set(deltas.local.vanished), remote: new Set(deltas.remote.vanished) }
  return {
    local: await renamedOn(context, compared, 'local', deltas.local, gone),
    remote: await renamedOn(context, compared, 'remote', deltas.remote, gone),
  }
}

async function renamedOn(
  context: SyncContext,
  compared: Compared,
  side: Side,
  delta: SideDelta,
  gone: BothSides<ReadonlySet<MessageId>>,
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const { status } = compared
  const other = otherSide(side)
  if (gone[side].size === 0 || status.count === 0) return new Map()
  const left = new Map<MessageId, { readonly id: MessageId; readonly copy: MessageSummary }>()
  for (const id of gone[side]) {
    const pair = status.pair(side, id)
    if (!pair || gone[other].has(pair[other])) continue
    left.set(pair[other], { id, copy: { id: pair[other], flags: pair.flags } })
  }
  const fresh: MessageSummary[] = []
  for (const message of delta.changed) {
    if (status.pair(side, message.id)) continue
    // A name that tells whose copy it is needs no comparison: the plan believes it.
    if (message.peer === undefined || !left.delete(message.peer)) fresh.push(message)
  }
  if (left.size === 0 || fresh.length === 0) return new Map()
  const copies = [...left.values()].map(({ copy }) => copy)
  const sought = side === 'local' ? { local: fresh, remote: copies } : { local: copies, remote: fresh }
  const same = [...(await findSame(context, compared, sought))]
  const seconds = {
    local: await secondsOf(
      context,
      compared,
      'local',
      same.map(([local]) => local),
    ),
    remote: await secondsOf(
      context,
      compared,
      'remote',
      same.map(([, remote]) => remote),
    ),
  }
  const renamed = new Map<MessageId, MessageId>()
  for (const [local, remote] of same) {
    const [found, copy] = side === 'local' ? [local, remote] : [remote, local]
    const known = left.get(copy)
    const second = seconds.local.get(local)
    if (known && second !== undefined && second === seconds.remote.get(remote)) renamed.set(found, known.id)
  }
  return renamed
}

/** When messages were received; one that the store knows no time of is left out. */
async function secondsOf(
  { signal }: SyncContext,
  { open }: Compared,
  side: Side,
  ids: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, number>> {
  const folder = await open[side]()
  const measures = ids.length === 0 ? [] : await folder.measure(ids, 'wire', signal)
  const seconds = new Map<MessageId, number>()
  for (const [id, { receivedAt }] of measures) {
    if (receivedAt) seconds.set(id, Math.floor(receivedAt.getTime() / 1000))
  }
  return seconds
}
