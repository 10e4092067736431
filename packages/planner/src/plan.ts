import {
  type Baseline,
  type BothSides,
  equalFlags,
  type MessageId,
  type MessageSummary,
  mergeFlags,
  otherSide,
  type Pair,
  type Permissions,
  type Side,
  type Step,
} from '@mailtide/contracts'
import { labelStep } from './label-step.ts'
import { type CanStore, flagsAsSeen, type LabelRules, type SideDelta } from './side-delta.ts'

/** All that a plan for one pair of folders depends on. */
export interface PlanInput {
  readonly deltas: BothSides<SideDelta>
  readonly baseline: Baseline
  readonly may: Permissions
  readonly canStore: BothSides<CanStore>
  /** Which labels are kept in step; absent, none are. */
  readonly labels?: LabelRules | undefined
  /** Known messages that a side has under another id than the baseline tells: the new id to the old one. */
  readonly renamed?: BothSides<ReadonlyMap<MessageId, MessageId>>
  /** Messages new on both sides that are the same message: local id to remote id. */
  readonly same?: ReadonlyMap<MessageId, MessageId>
  /** New messages that are not to be copied from that side. What is paired stays so, whatever stands here. */
  readonly outside?: BothSides<ReadonlySet<MessageId>>
}

interface Touched {
  readonly pair: Pair
  local?: MessageSummary
  remote?: MessageSummary
}

/**
 * Decides what has to be done so that both sides agree: what each did since the baseline is done to the other.
 *
 * - A message gone on one side is removed on the other, whatever its flags did there; gone on both, forgotten.
 * - Flags are merged three ways, which knows no conflict; and so are labels, where both sides have them.
 * - What one side is not allowed to receive stays as it is on the other, and out of the baseline.
 * - So does what lies outside: it is its own state, never "deleted".
 *
 * Steps come lazily: adoptions and flags, then copies, then what destroys. Walking the plan again gives the same steps.
 */
export function plan(input: PlanInput): Iterable<Step> {
  return { [Symbol.iterator]: () => steps(input) }
}

/** What a walk through the plan knows so far. */
interface Walk extends PlanInput {
  readonly vanished: BothSides<Set<MessageId>>
  /** Known pairs with news of their flags or labels, by local id. */
  readonly touched: Map<MessageId, Touched>
  /** Messages that look new but are known ones under another id. Ids of two sides may be alike. */
  readonly recognised: BothSides<Set<MessageId>>
}

const sides = ['local', 'remote'] as const

function* steps(input: PlanInput): Generator<Step> {
  const { local, remote } = input.deltas
  const vanished = { local: new Set(local.vanished), remote: new Set(remote.vanished) }
  const walk: Walk = { ...input, vanished, touched: new Map(), recognised: { local: new Set(), remote: new Set() } }
  if (input.baseline.count > 0) {
    for (const side of sides) yield* adoptRenamed(walk, side)
    for (const side of sides) gatherFlags(walk, side)
  }
  const removals = [...removalSteps(walk)]
  for (const { pair, ...now } of walk.touched.values()) yield* alignments(input, pair, now)
  yield* adoptSame(input)
  for (const side of sides) yield* copies(walk, side)
  yield* removals
}

/**
 * A known message under a new id, told by its peer (a Maildir name changes when the message gets its UID), or recognised
 * by its bytes.
 */
function* adoptRenamed(walk: Walk, side: Side): Generator<Step> {
  const { baseline, deltas, vanished, touched, renamed, recognised } = walk
  if (vanished[side].size === 0) return
  for (const message of deltas[side].changed) {
    const { id, peer } = message
    if (baseline.pair(side, id)) continue
    const old = renamed?.[side].get(id)
    const named = peer === undefined ? undefined : baseline.pair(otherSide(side), peer)
    const replaces = old === undefined ? named : baseline.pair(side, old)
    if (!replaces || !vanished[side].delete(replaces[side])) continue
    const pair: Pair = { ...replaces, [side]: id }
    recognised[side].add(id)
    yield { kind: 'adopt', pair, replaces }
    touched.set(replaces.local, { pair, [side]: message })
  }
}

function gatherFlags({ baseline, deltas, touched }: Walk, side: Side): void {
  for (const message of deltas[side].changed) {
    const known = baseline.pair(side, message.id)
    if (!known) continue
    const entry = touched.get(known.local) ?? { pair: known }
    entry[side] = message
    touched.set(known.local, entry)
  }
}

function* removalSteps({ baseline, may, vanished, touched }: Walk): Generator<Step> {
  for (const side of sides) {
    const other = otherSide(side)
    for (const id of vanished[side]) {
      const known = baseline.pair(side, id)
      if (!known) continue
      const pair = touched.get(known.local)?.pair ?? known
      touched.delete(known.local)
      if (vanished[other].has(known[other])) {
        if (side === 'local') yield { kind: 'forget', pair }
      } else if (may[other].remove) {
        yield { kind: 'remove', on: other, pair }
      }
    }
  }
}

function* alignments(input: PlanInput, pair: Pair, now: Partial<BothSides<MessageSummary>>): Generator<Step> {
  yield* flagSteps(input, pair, now)
  const step = input.labels && labelStep(input.labels, input.may, pair, now)
  if (step) yield step
}

function* flagSteps(
  { may, canStore }: PlanInput,
  pair: Pair,
  now: Partial<BothSides<MessageSummary>>,
): Generator<Step> {
  // What the other side may not be told is no news: it stays out of the merge and so out of the baseline.
  const news = (side: Side) =>
    may[otherSide(side)].changeFlags ? flagsAsSeen(pair, now[side]?.flags ?? pair.flags, canStore[side]) : pair.flags
  const seen = { local: news('local'), remote: news('remote') }
  const agreed = mergeFlags(pair.flags, seen.local, seen.remote)
  const settled = sides.every((side) => equalFlags(seen[side], agreed))
  if (!settled || !equalFlags(agreed, pair.flags)) yield { kind: 'flags', pair, seen, agreed }
}

function* adoptSame(input: PlanInput): Generator<Step> {
  const { same, deltas } = input
  if (!same || same.size === 0) return
  const wanted = new Set(same.values())
  const theirs = new Map<MessageId, MessageSummary>()
  for (const message of deltas.remote.changed) if (wanted.has(message.id)) theirs.set(message.id, message)
  for (const local of deltas.local.changed) {
    const id = same.get(local.id)
    const remote = id && theirs.get(id)
    if (!remote) continue
    // What only one side has counts as just added there, so that the merge keeps it.
    const pair: Pair = { local: local.id, remote: remote.id, flags: local.flags.intersection(remote.flags) }
    yield { kind: 'adopt', pair }
    yield* alignments(input, pair, { local, remote })
  }
}

function* copies({ deltas, baseline, may, same, outside, recognised }: Walk, to: Side): Generator<Step> {
  if (!may[to].append) return
  const from = otherSide(to)
  const adopted = new Set(from === 'local' ? same?.keys() : same?.values())
  for (const source of deltas[from].changed) {
    if (adopted.has(source.id) || recognised[from].has(source.id) || baseline.pair(from, source.id)) continue
    if (outside?.[from].has(source.id)) continue
    yield { kind: 'copy', to, source }
  }
}
