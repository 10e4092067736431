import { type BothSides, type MessageId, type MessageSummary, otherSide, type Side } from '@mailtide/contracts'
import type { SideDelta } from '@mailtide/planner'
import { findOutside } from './find-outside.ts'
import type { RenamedMessages } from './find-renamed.ts'
import { type Compared, findSame, isMarked } from './find-same.ts'
import { permissions } from './permissions.ts'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'

/** What is known of the messages that are new. */
export interface ComparedMessages {
  /** New on both sides and the same: local id to remote id. */
  readonly same: ReadonlyMap<MessageId, MessageId>
  /** Not to be copied from that side: outside of its window, ignored, or marked as deleted there. */
  readonly outside: BothSides<ReadonlySet<MessageId>>
}

/** What both sides brought. */
export interface NewsOfBoth {
  readonly changes: ChangesOfBoth
  readonly deltas: BothSides<SideDelta>
  /** These look new and are not. */
  readonly renamed: RenamedMessages
  /** These were copied, and the store took them for others that it has. */
  readonly twins: BothSides<ReadonlySet<MessageId>>
  readonly ignored: BothSides<ReadonlySet<MessageId>> | undefined
}

const nothing: ReadonlySet<MessageId> = new Set()
const sides = ['local', 'remote'] as const

/**
 * Finds out which new messages are the same on both sides, and which of the others are not wanted. What both have comes
 * first: an old message is paired, not left out.
 *
 * But a store that lists everything each time shows what it has outside of the window in every run, and to compare that
 * with each new message would be to read all of it. Where the other side tells only its news, and nothing among them
 * lies outside too, it is passed over unread.
 */
export async function compareNew(
  context: SyncContext,
  compared: Compared,
  { changes, deltas, renamed, twins, ignored }: NewsOfBoth,
): Promise<ComparedMessages> {
  const { rules, request } = context
  const { open, status } = compared
  const windowOf = (side: Side) => request.window?.[side] ?? {}
  const fresh = (side: Side, except = nothing): Iterable<MessageSummary> => ({
    *[Symbol.iterator]() {
      for (const message of deltas[side].changed) {
        const isKnown = renamed[side].has(message.id) || twins[side].has(message.id) || status.pair(side, message.id)
        if (!except.has(message.id) && !isKnown) yield message
      }
    },
  })

  const isEmpty = (messages: Iterable<MessageSummary>) => messages[Symbol.iterator]().next().done === true
  const hasNews = !isEmpty(fresh('local')) && !isEmpty(fresh('remote'))
  const early: Partial<Record<Side, Set<MessageId>>> = {}
  for (const side of sides) {
    const other = otherSide(side)
    if (changes[other].kind !== 'delta' || !hasNews) continue
    const news = await findOutside(context, open, other, fresh(other), windowOf(side))
    if (news.size === 0) early[side] = await findOutside(context, open, side, fresh(side), windowOf(side))
  }
  const candidates = { local: fresh('local', early.local), remote: fresh('remote', early.remote) }
  const isAnyToMatch = !isEmpty(candidates.local) && !isEmpty(candidates.remote)
  const same = isAnyToMatch
    ? await findSame(context, { ...compared, altered: true }, candidates)
    : new Map<MessageId, MessageId>()

  const outsideOf = async (side: Side) => {
    if (!permissions(context)[otherSide(side)].append) return nothing
    const matched = new Set(side === 'local' ? same.keys() : same.values())
    const outside = early[side] ?? (await findOutside(context, open, side, fresh(side, matched), windowOf(side)))
    if (!rules[side].passOverDeleted && !ignored?.[side].size) return outside
    for (const message of fresh(side, matched)) {
      const isLeftOut = ignored?.[side].has(message.id) || (rules[side].passOverDeleted && isMarked(message))
      if (isLeftOut) outside.add(message.id)
    }
    return outside
  }
  return { same, outside: { local: await outsideOf('local'), remote: await outsideOf('remote') } }
}
