import {
  type BothSides,
  type Measure,
  type MessageId,
  type MessageSummary,
  otherSide,
  type Side,
  wholeBodyLimit,
} from '@mailtide/contracts'
import { alteredSizes, matchAltered, type WholeMessage } from '@mailtide/planner'
import type { Compared } from './find-same.ts'
import type { SyncContext } from './sync-context.ts'

/** Messages that are new on both sides, with what was measured of them. */
export interface LeftOver {
  readonly messages: BothSides<readonly MessageSummary[]>
  readonly measures: BothSides<ReadonlyMap<MessageId, Measure>>
}

/** What is read to find altered forms, on each side; beyond it messages are copied as they are. */
const most = { messages: 2000, octets: 64 * 1024 * 1024 }
/** By how many octets a stored form may be longer. */
const growth = [0, 2]

/**
 * A second, laxer look at what the exact one has left over: a server may have stored a message in another form, so that
 * sizes or headers are unlike. Only messages whose sizes allow it are read, and all their octets decide. Local id to
 * remote id.
 */
export async function findAltered(
  { signal }: SyncContext,
  { open }: Pick<Compared, 'open'>,
  { messages, measures }: LeftOver,
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const found = new Map<MessageId, MessageId>()
  // The original is most often here, and what was made of it there; between two servers it may be the other way round.
  for (const side of ['local', 'remote'] as const) {
    const other = otherSide(side)
    const sizes = sizesOn(other)
    const originals = await readThose(side, (size) => growth.some((more) => sizes.has(size + more)))
    const wanted = new Set(originals.flatMap(({ bytes }) => alteredSizes(bytes)))
    if (wanted.size === 0) continue
    const isAltered = ({ bytes }: WholeMessage) => alteredSizes(bytes).length > 0
    const stored = await readThose(other, (size) => wanted.has(size))
    for (const [original, form] of matchAltered(originals.filter(isAltered), stored)) {
      found.set(...(side === 'local' ? ([original, form] as const) : ([form, original] as const)))
    }
  }
  return found

  function free(side: Side): readonly MessageSummary[] {
    const taken = new Set(side === 'local' ? found.keys() : found.values())
    return messages[side].filter(({ id }) => !taken.has(id))
  }

  function sizesOn(side: Side): ReadonlySet<number> {
    return new Set(free(side).flatMap(({ id }) => measures[side].get(id)?.size ?? []))
  }

  async function readThose(side: Side, isWanted: (size: number) => boolean): Promise<WholeMessage[]> {
    const ids: MessageId[] = []
    let octets = 0
    for (const { id } of free(side)) {
      const size = measures[side].get(id)?.size
      if (size === undefined || size > wholeBodyLimit || !isWanted(size)) continue
      octets += size
      if (ids.length >= most.messages || octets > most.octets) break
      ids.push(id)
    }
    if (ids.length === 0) return []
    const whole: WholeMessage[] = []
    for await (const message of (await open[side]()).read(ids, signal)) {
      if ('error' in message || message.body.head.length !== message.body.size) continue
      whole.push({ id: message.id, bytes: message.body.head })
    }
    return whole
  }
}
