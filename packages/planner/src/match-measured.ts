import type { BothSides, Measure, MessageId, MessageSummary } from '@mailtide/contracts'

/** What is known of the messages that are new on one side, before any header was read. */
export interface MeasuredMessages {
  readonly messages: readonly MessageSummary[]
  /** From {@link Folder.measure}; a message that is missing here matches nothing. */
  readonly measures: ReadonlyMap<MessageId, Measure>
}

/** What sizes and dates decide about messages that are new on both sides. */
export interface MeasuredMatch {
  /** The same message for sure: local id to remote id. */
  readonly same: ReadonlyMap<MessageId, MessageId>
  /** Messages of a size that is there on the other side as well: their headers decide. */
  readonly undecided: BothSides<readonly MessageSummary[]>
}

/**
 * Says which new messages need no look at their headers: those of a size that the other side doesn't have, and those
 * that name each other. A name alone proves nothing, since ids may have been given anew meanwhile: size and second must
 * be the same as well, and no other new message on either side may have both.
 */
export function matchMeasured(local: MeasuredMessages, remote: MeasuredMessages): MeasuredMatch {
  const theirs = countsOf(remote)
  const ours = countsOf(local)
  const same = new Map<MessageId, MessageId>()
  const taken = new Set<MessageId>()
  for (const { id, peer } of local.messages) {
    const mine = stampOf(local.measures.get(id))
    if (peer === undefined || mine === undefined || taken.has(peer)) continue
    if (stampOf(remote.measures.get(peer)) !== mine || ours.get(mine) !== 1 || theirs.get(mine) !== 1) continue
    same.set(id, peer)
    taken.add(peer)
  }
  const left = {
    local: local.messages.filter(({ id }) => !same.has(id)),
    remote: remote.messages.filter(({ id }) => !taken.has(id)),
  }
  return {
    same,
    undecided: {
      local: ofSizesIn(left.local, local.measures, sizesOf(left.remote, remote.measures)),
      remote: ofSizesIn(left.remote, remote.measures, sizesOf(left.local, local.measures)),
    },
  }
}

/** Size and second; undefined where either is unknown. */
function stampOf(measure: Measure | undefined): string | undefined {
  if (!measure?.receivedAt) return undefined
  return `${measure.size} ${Math.floor(measure.receivedAt.getTime() / 1000)}`
}

function countsOf({ messages, measures }: MeasuredMessages): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { id } of messages) {
    const stamp = stampOf(measures.get(id))
    if (stamp !== undefined) counts.set(stamp, (counts.get(stamp) ?? 0) + 1)
  }
  return counts
}

function sizesOf(messages: readonly MessageSummary[], measures: MeasuredMessages['measures']): Set<number | undefined> {
  const sizes = new Set(messages.map(({ id }) => measures.get(id)?.size))
  sizes.delete(undefined)
  return sizes
}

function ofSizesIn(
  messages: readonly MessageSummary[],
  measures: MeasuredMessages['measures'],
  sizes: ReadonlySet<number | undefined>,
): MessageSummary[] {
  return messages.filter(({ id }) => sizes.has(measures.get(id)?.size))
}
