import {
  type BothSides,
  equalFlags,
  type LabelSet,
  type MessageSummary,
  mergeFlags,
  otherSide,
  type Pair,
  type Permissions,
  type Side,
  type Step,
} from '@mailtide/contracts'
import { keptLabels, type LabelRules } from './side-delta.ts'

const sides = ['local', 'remote'] as const

/**
 * What has to be done so that a pair bears the same labels on both sides, if something has: they are merged as flags are.
 * A side that tells no labels has those that were agreed. Where none were agreed yet, what only one side has counts as
 * just added there; nothing is done before both have told theirs.
 */
export function labelStep(
  rules: LabelRules,
  may: Permissions,
  pair: Pair,
  now: Partial<BothSides<MessageSummary>>,
): Extract<Step, { kind: 'labels' }> | undefined {
  const told = (side: Side): LabelSet | undefined => {
    const labels = now[side]?.labels
    return labels && keptLabels(labels, rules)
  }
  const both = { local: told('local'), remote: told('remote') }
  const common = both.local && both.remote ? both.local.intersection(both.remote) : undefined
  const base = pair.labels ? keptLabels(pair.labels, rules) : common
  if (!base) return undefined
  // What the other side may not be told is no news, as with flags.
  const news = (side: Side) => (may[otherSide(side)].changeFlags ? (both[side] ?? base) : base)
  const seen = { local: news('local'), remote: news('remote') }
  const agreed = mergeFlags(base, seen.local, seen.remote)
  const isSettled = pair.labels && equalFlags(agreed, base) && sides.every((side) => equalFlags(seen[side], agreed))
  return isSettled ? undefined : { kind: 'labels', pair, seen, agreed }
}
