import {
  type Baseline,
  type BothSides,
  equalFlags,
  type Flag,
  flagsBetween,
  type MessageId,
  type MessageSummary,
  noLabels,
  otherSide,
  type Pair,
  type Permissions,
  type Side,
} from '@mailtide/contracts'
import { keptLabels, type LabelRules, type SideDelta } from '@mailtide/planner'
import type { Difference, Outlook } from './verify-request.ts'

/** What the next sync will be told of one side: all that there is, or of these messages only. */
export type Seen = 'everything' | ReadonlySet<MessageId>

/** All that a comparison depends on. */
export interface CompareInput {
  /** What lies between the store and all that there is on each side. */
  readonly deltas: BothSides<SideDelta>
  readonly baseline: Baseline
  readonly seen: BothSides<Seen>
  readonly may: Permissions
  readonly canStore: BothSides<(flag: Flag) => boolean>
  readonly labels?: LabelRules | undefined
  /** Messages that look new and are known ones by their identity: the new id to the old one. */
  readonly renamed: BothSides<ReadonlyMap<MessageId, MessageId>>
  /** New messages that are not to be copied from that side. */
  readonly outside: BothSides<ReadonlySet<MessageId>>
}

/** What differs, and how much the rules leave as it is. */
export interface Comparison {
  readonly differences: readonly Difference[]
  readonly left: number
}

const sides = ['local', 'remote'] as const

/** Says what differs between two sides and the store in ids, flags and labels, and what becomes of it. */
export function compareFolder(input: CompareInput): Comparison {
  const { deltas, baseline, seen, may, outside } = input
  const vanished = { local: new Set(deltas.local.vanished), remote: new Set(deltas.remote.vanished) }
  const differences: Difference[] = []
  let left = 0
  const outlookOf = (side: Side, id: MessageId): Outlook => {
    const told = seen[side]
    return told === 'everything' || told.has(id) ? 'waiting' : 'unseen'
  }

  const recognised = new Set<MessageSummary>()
  for (const side of sides) {
    for (const message of deltas[side].changed) {
      const pair = oldPairOf(input, side, message)
      if (!pair || !vanished[side].delete(pair[side])) continue
      recognised.add(message)
      const isWaiting = outlookOf(side, pair[side]) === 'waiting' && outlookOf(side, message.id) === 'waiting'
      const outlook = isWaiting ? 'waiting' : 'unseen'
      differences.push({ kind: 'renamed', side, ids: idsOf(pair), now: message.id, outlook })
    }
  }
  for (const side of sides) {
    const other = otherSide(side)
    for (const id of vanished[side]) {
      const pair = baseline.pair(side, id)
      if (!pair) continue
      const ids = idsOf(pair)
      const outlook = outlookOf(side, id)
      if (!vanished[other].has(pair[other])) {
        if (may[other].remove) differences.push({ kind: 'gone', from: side, ids, outlook })
        else left++
      } else if (side === 'local') {
        const isWaiting = outlook === 'waiting' && outlookOf(other, pair[other]) === 'waiting'
        differences.push({ kind: 'gone', from: 'both', ids, outlook: isWaiting ? 'waiting' : 'unseen' })
      }
    }
  }
  for (const side of sides) {
    const other = otherSide(side)
    for (const message of deltas[side].changed) {
      if (recognised.has(message)) continue
      const outlook = outlookOf(side, message.id)
      const pair = baseline.pair(side, message.id)
      if (!pair) {
        if (may[other].append && !outside[side].has(message.id)) {
          differences.push({ kind: 'new', side, id: message.id, outlook })
        } else left++
        continue
      }
      if (vanished[other].has(pair[other])) continue
      for (const change of changesOf(input, side, pair, message)) {
        if (may[other].changeFlags) differences.push({ ...change, side, ids: idsOf(pair), outlook })
        else left++
      }
    }
  }
  return { differences, left }
}

/** As a plan has it: who it was is told by its identity, or by the other side's id in its name. */
function oldPairOf({ baseline, renamed }: CompareInput, side: Side, { id, peer }: MessageSummary): Pair | undefined {
  if (baseline.pair(side, id)) return undefined
  const old = renamed[side].get(id)
  if (old !== undefined) return baseline.pair(side, old)
  return peer === undefined ? undefined : baseline.pair(otherSide(side), peer)
}

type Change = Pick<Extract<Difference, { kind: 'flags' | 'labels' }>, 'kind' | 'added' | 'dropped'>

function* changesOf(
  { canStore, labels: rules }: CompareInput,
  side: Side,
  { flags: agreed, labels: agreedLabels = noLabels }: Pair,
  { flags, labels }: MessageSummary,
): Generator<Change> {
  const { add, drop } = flagsBetween(agreed, flags)
  const dropped = new Set([...drop].filter(canStore[side]))
  if (add.size + dropped.size > 0) yield { kind: 'flags', added: add, dropped }
  if (!rules || !labels) return
  const [before, now] = [keptLabels(agreedLabels, rules), keptLabels(labels, rules)]
  if (equalFlags(before, now)) return
  const between = flagsBetween(before, now)
  yield { kind: 'labels', added: between.add, dropped: between.drop }
}

function idsOf({ local, remote }: Pair): BothSides<MessageId> {
  return { local, remote }
}
