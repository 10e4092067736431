import {
  type Baseline,
  type Changes,
  equalFlags,
  type Flag,
  type FlagSet,
  type Label,
  type LabelSet,
  type MessageId,
  type MessageSummary,
  type Pair,
  type Side,
} from '@mailtide/contracts'

/** What happened on one side since the baseline. Both can be walked more than once. */
export interface SideDelta {
  /** New messages, and known ones with other flags. */
  readonly changed: Iterable<MessageSummary>
  /** Known messages that are gone. */
  readonly vanished: Iterable<MessageId>
}

/** Which flags a side can keep. */
export type CanStore = (flag: Flag) => boolean

/** How labels are kept in step. */
export interface LabelRules {
  /** False: this label is neither added nor removed anywhere, nor remembered. */
  isKept(label: Label): boolean
}

/** Nothing happened. */
export const noDelta: SideDelta = { changed: [], vanished: [] }

/** A backend's answer as a delta: a full list is compared with the baseline, one lookup a message. */
export function deltaOf(
  changes: Changes,
  side: Side,
  baseline: Baseline,
  { canStore, labels }: { readonly canStore: CanStore; readonly labels?: LabelRules | undefined },
): SideDelta {
  if (changes.kind === 'delta') return changes
  if (baseline.count === 0) return { changed: changes.messages, vanished: [] }
  const changed: MessageSummary[] = []
  let known = 0
  for (const message of changes.messages) {
    const pair = baseline.pair(side, message.id)
    if (pair) known++
    const isAsAgreed = pair && equalFlags(flagsAsSeen(pair, message.flags, canStore), pair.flags)
    if (!isAsAgreed || hasOtherLabels(pair, message, labels)) changed.push(message)
  }
  return { changed, vanished: known === baseline.count ? [] : missingFrom(changes.messages, side, baseline) }
}

/**
 * A side's flags as the merge has to see them: what this side cannot keep counts as agreed, or
 * a keyword would be dropped everywhere because a Maildir has no letter for it.
 */
export function flagsAsSeen(pair: Pair, flags: FlagSet, canStore: CanStore): FlagSet {
  const unstorable = [...pair.flags].filter((flag) => !canStore(flag))
  return unstorable.length === 0 ? flags : flags.union(new Set(unstorable))
}

/** The labels of a set that are kept in step. */
export function keptLabels(labels: LabelSet, { isKept }: LabelRules): LabelSet {
  for (const label of labels) if (!isKept(label)) return new Set([...labels].filter(isKept))
  return labels
}

function hasOtherLabels(pair: Pair, { labels }: MessageSummary, rules: LabelRules | undefined): boolean {
  if (!rules || !labels) return false
  return !pair.labels || !equalFlags(keptLabels(labels, rules), keptLabels(pair.labels, rules))
}

function missingFrom(messages: Iterable<MessageSummary>, side: Side, baseline: Baseline): MessageId[] {
  const listed = new Set<MessageId>()
  for (const message of messages) listed.add(message.id)
  const missing: MessageId[] = []
  for (const pair of baseline.pairs()) if (!listed.has(pair[side])) missing.push(pair[side])
  return missing
}
