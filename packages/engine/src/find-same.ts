import type { Baseline, BothSides, FolderPair, Measure, MessageId, MessageSummary, Side } from '@mailtide/contracts'
import { type LabelRules, matchMeasured, matchNew } from '@mailtide/planner'
import { findAltered } from './find-altered.ts'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'

/** What both sides were asked with: their folders, and the baseline that tells what is new. */
export interface Compared {
  readonly folders: FolderPair
  readonly open: OpenFolders['open']
  readonly status: Baseline
  readonly labels?: LabelRules | undefined
  /** Also those are to be found that a server stored in another form: whatever may be one is read for it. */
  readonly altered?: boolean
}

/**
 * Asks both sides who is who among what is new on both, local id to remote id: sizes and dates first, and headers only
 * where they leave it open; if that is wanted, then the octets of those that a server may have altered.
 *
 * Where a mark of deletion keeps a message from being copied, a message with that mark is the same as one that bears it
 * too, and no other: else a message that somebody put back would be deleted once more.
 */
export async function findSame(
  context: SyncContext,
  compared: Compared,
  fresh: BothSides<Iterable<MessageSummary>>,
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const { rules, signal } = context
  const survey = async (side: Side) => {
    const messages = [...fresh[side]]
    const folder = await compared.open[side]()
    const ids = messages.map(({ id }) => id)
    return { messages, measures: await folder.measure(ids, 'wire', signal) }
  }
  const [local, remote] = await Promise.all([survey('local'), survey('remote')])
  const measures = { local: local.measures, remote: remote.measures }
  const isFree = (side: Side) => (message: MessageSummary) => !rules[side].passOverDeleted || !isMarked(message)
  const free = { local: local.messages.filter(isFree('local')), remote: remote.messages.filter(isFree('remote')) }
  const same = await matchGroup(context, compared, free, measures)
  if (!rules.local.passOverDeleted && !rules.remote.passOverDeleted) return same
  const matched = new Set(same.values())
  const marked = {
    local: local.messages.filter((message) => isMarked(message) && !same.has(message.id)),
    remote: remote.messages.filter((message) => isMarked(message) && !matched.has(message.id)),
  }
  return new Map([...same, ...(await matchGroup(context, compared, marked, measures))])
}

/** Whether a message bears the mark of deletion. */
export function isMarked({ flags }: MessageSummary): boolean {
  return flags.has('\\Deleted')
}

async function matchGroup(
  context: SyncContext,
  compared: Compared,
  messages: BothSides<readonly MessageSummary[]>,
  measures: BothSides<ReadonlyMap<MessageId, Measure>>,
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const exact = await matchExactly(context, compared, messages, measures)
  const matched = new Set(exact.values())
  const left = {
    local: messages.local.filter(({ id }) => !exact.has(id)),
    remote: messages.remote.filter(({ id }) => !matched.has(id)),
  }
  if (!compared.altered || left.local.length === 0 || left.remote.length === 0) return exact
  return new Map([...exact, ...(await findAltered(context, compared, { messages: left, measures }))])
}

async function matchExactly(
  { signal }: SyncContext,
  { open }: Compared,
  messages: BothSides<readonly MessageSummary[]>,
  measures: BothSides<ReadonlyMap<MessageId, Measure>>,
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const { same, undecided } = matchMeasured(
    { messages: messages.local, measures: measures.local },
    { messages: messages.remote, measures: measures.remote },
  )
  if (undecided.local.length === 0) return same
  const identify = async (side: Side) => {
    const folder = await open[side]()
    const ids = undecided[side].map(({ id }) => id)
    return { messages: undecided[side], identities: await folder.identify(ids, signal) }
  }
  const [local, remote] = await Promise.all([identify('local'), identify('remote')])
  return new Map([...same, ...matchNew(local, remote)])
}
