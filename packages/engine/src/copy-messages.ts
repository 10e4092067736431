import {
  equalFlags,
  type Folder,
  type IncomingMessage,
  type Intent,
  type LabelSet,
  type MessageId,
  type MessageSummary,
  noLabels,
  otherSide,
  type Pair,
  type Side,
} from '@mailtide/contracts'
import { keptLabels, type LabelRules } from '@mailtide/planner'
import { alignLabels, type LabelsStep } from './align-labels.ts'
import { twinsMerged } from './errors.ts'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'
import { rememberTwins } from './twins.ts'

/** A group is stored and recorded together: this many messages or octets, whichever is reached first. */
const groupLimit = { messages: 64, bytes: 4 * 1024 * 1024 }
/** Groups being stored while the next is being read; bounds the memory. */
const groupsAtOnce = 2
/** Messages asked of the source in one go. */
const readAtOnce = 2000

/**
 * Copies messages to a side: intent, effect, record, a group at a time. A message that fails is reported and its
 * neighbours go on; answers whether all went well.
 */
export async function copyMessages(
  context: SyncContext,
  opened: OpenFolders,
  to: Side,
  sources: Iterable<MessageSummary>,
  tally: Tally,
): Promise<boolean> {
  const { signal } = context
  const from = otherSide(to)
  const writer = createGroupWriter(context, opened, to, tally)
  let missing = false
  for (const chunk of chunks(sources, readAtOnce)) {
    signal.throwIfAborted()
    const ids = [...chunk.keys()]
    let brought = 0
    const source = await opened.open[from]()
    for await (const message of source.read(ids, signal)) {
      brought++
      if ('error' in message) {
        writer.fail(message.error, from)
        continue
      }
      await writer.add({ ...message, ...labelsOf(chunk.get(message.id), opened.labels) })
    }
    // What was listed and not brought is perhaps gone, perhaps forgotten by the server: the next run looks again.
    if (brought < ids.length) missing = true
  }
  return (await writer.finish()) && !missing
}

function* chunks(sources: Iterable<MessageSummary>, size: number): Generator<Map<MessageId, MessageSummary>> {
  let chunk = new Map<MessageId, MessageSummary>()
  for (const source of sources) {
    if (chunk.set(source.id, source).size < size) continue
    yield chunk
    chunk = new Map()
  }
  if (chunk.size > 0) yield chunk
}

/** The labels that go along: as the listing told them, so that what happens since then is told again. */
function labelsOf(source: MessageSummary | undefined, rules: LabelRules | undefined): { readonly labels?: LabelSet } {
  return source?.labels && rules ? { labels: keptLabels(source.labels, rules) } : {}
}

interface GroupWriter {
  /** Takes a message; waits while too much is under way. A streamed body has been taken when it resolves. */
  add(message: IncomingMessage): Promise<void>
  fail(error: Error, side: Side): void
  finish(): Promise<boolean>
}

function createGroupWriter(context: SyncContext, opened: OpenFolders, to: Side, tally: Tally): GroupWriter {
  const underWay = new Set<Promise<void>>()
  /** The ids that messages got there. */
  const taken = new Set<MessageId>()
  let group: IncomingMessage[] = []
  let bytes = 0
  let allWell = true
  let broken: { readonly error: unknown } | undefined
  const fail = (error: unknown, side: Side) => {
    context.fail(error, 'message', { folders: opened.folders, side })
    allWell = false
  }

  const flush = async () => {
    if (group.length === 0) return
    const full = group
    group = []
    bytes = 0
    while (underWay.size >= groupsAtOnce) await Promise.race(underWay)
    if (broken) throw broken.error
    const storing = storeGroup(context, opened, to, full, tally, taken, fail)
      .catch((error: unknown) => {
        broken ??= { error }
      })
      .finally(() => underWay.delete(storing))
    underWay.add(storing)
  }
  const drain = async () => {
    await flush()
    await Promise.all(underWay)
    if (broken) throw broken.error
  }
  return {
    fail,
    async add(message) {
      const streamed = message.body.head.length < message.body.size
      if (streamed) await drain()
      group.push(message)
      bytes += message.body.size
      if (streamed) await drain()
      else if (group.length >= groupLimit.messages || bytes >= groupLimit.bytes) await flush()
    },
    async finish() {
      await drain()
      return allWell
    },
  }
}

async function storeGroup(
  context: SyncContext,
  opened: OpenFolders,
  to: Side,
  group: readonly IncomingMessage[],
  tally: Tally,
  taken: Set<MessageId>,
  fail: (error: unknown, side: Side) => void,
): Promise<void> {
  const { signal, emit, rules } = context
  const { folders, open, status } = opened
  const destination = await open[to]()
  const tokens = await destination.prepare(group, signal)
  const outgoing = group.map((message, index) => ({ ...message, token: tokens[index] as string }))
  const intents = outgoing.map<Intent>(({ id, token }) => ({ to, source: id, token }))
  status.intend(intents)
  const outcomes = await destination.append(outgoing, signal)
  const pairs: Pair[] = []
  let bytes = 0
  let unseen = 0
  const wanted = new Map<MessageId, LabelSet>()
  const twins = new Map<MessageId, MessageId>()
  outgoing.forEach(({ id: source, flags, labels, body }, index) => {
    const outcome = outcomes[index]
    if (!outcome || 'error' in outcome) {
      fail(outcome?.error ?? new Error(`no outcome for ${source}`), to)
      return
    }
    bytes += body.size
    if (!flags.has('\\Seen')) unseen++
    const ids = to === 'local' ? { local: outcome.id, remote: source } : { local: source, remote: outcome.id }
    const known = status.pair(to, outcome.id)
    if (taken.has(outcome.id) || (known && known[otherSide(to)] !== source)) {
      twins.set(source, outcome.id)
      return
    }
    taken.add(outcome.id)
    pairs.push({ ...ids, flags, ...(labels && { labels: outcome.labels ?? noLabels }) })
    if (labels) wanted.set(outcome.id, labels)
  })
  const put = rules[otherSide(to)].readOnly
    ? pairs
    : await notePeers(await open[otherSide(to)](), otherSide(to), pairs, signal)
  if (twins.size > 0) {
    rememberTwins(context, folders, otherSide(to), twins)
    context.fail(twinsMerged(to, folders[to], twins.size), 'message', { folders, side: to })
  }
  status.commit({ put, settled: intents })
  await alignLabels(context, opened, missingLabels(put, to, wanted), fail)
  // To count them is to plan once more, which is worth it only where there are many.
  const isOneOfMany = group.length >= groupLimit.messages || tally.counts()[to].copied > 0
  tally.add(to, 'copied', pairs.length)
  const of = isOneOfMany ? tally.planned?.(to) : undefined
  const copied = { messages: pairs.length, bytes, unseen, pairs: put, ...(of !== undefined && { of }) }
  emit({ type: 'messages-copied', folders, to, ...copied })
}

/** What has to be done where labels could not be stored along with their messages. */
function missingLabels(pairs: readonly Pair[], to: Side, wanted: ReadonlyMap<MessageId, LabelSet>): LabelsStep[] {
  return pairs.flatMap((pair) => {
    const agreed = wanted.get(pair[to])
    const stored = pair.labels ?? noLabels
    if (!agreed || equalFlags(agreed, stored)) return []
    const seen = to === 'local' ? { local: stored, remote: agreed } : { local: agreed, remote: stored }
    return { kind: 'labels', pair, seen, agreed }
  })
}

/** Lets the source keep the ids that its messages got over there, where it has a place for them. */
export async function notePeers(
  folder: Folder,
  side: Side,
  pairs: readonly Pair[],
  signal: AbortSignal,
): Promise<readonly Pair[]> {
  if (!folder.notePeers || pairs.length === 0 || (await folder.isReadOnly(signal))) return pairs
  const peers = pairs.map((pair) => ({ id: pair[side], peer: pair[otherSide(side)] }))
  const renamed = await folder.notePeers(peers, signal)
  return pairs.map((pair) => ({ ...pair, [side]: renamed.get(pair[side]) ?? pair[side] }))
}
