import type { FlagSet } from './flags.ts'
import type { LabelSet } from './labels.ts'
import type { MessageSummary } from './message.ts'
import type { BothSides, MessageId, Side } from './values.ts'

/** Two copies of one message, and the flags on which both last agreed. */
export interface Pair {
  readonly local: MessageId
  readonly remote: MessageId
  readonly flags: FlagSet
  /** The labels on which both agreed; absent as long as they never were synchronised. */
  readonly labels?: LabelSet
}

/** What the last sync left behind: the third leg of the three-way comparison, asked for by id, never loaded whole. */
export interface Baseline {
  pair(side: Side, id: MessageId): Pair | undefined
  pairs(): Iterable<Pair>
  readonly count: number
}

/** What a side allows to be done to it. */
export interface Permission {
  readonly append: boolean
  readonly changeFlags: boolean
  readonly remove: boolean
}

/** What may be done to each side. */
export type Permissions = BothSides<Permission>

/** Which new messages of a side are wanted on the other. One without limits wants all. */
export interface Window {
  /** Received at this instant or later. */
  readonly since?: Date
  /** In octets, this many at most; as the side's store keeps them. */
  readonly maxSize?: number
}

/**
 * One thing that a sync has to do. The `seen` flags of a `flags` step are each side's as the merge took them:
 * what lies between them and `agreed` has to be done to that side. So with `labels`.
 */
export type Step =
  | { readonly kind: 'adopt'; readonly pair: Pair; readonly replaces?: Pair }
  | { readonly kind: 'copy'; readonly to: Side; readonly source: MessageSummary }
  | { readonly kind: 'flags'; readonly pair: Pair; readonly seen: BothSides<FlagSet>; readonly agreed: FlagSet }
  | { readonly kind: 'labels'; readonly pair: Pair; readonly seen: BothSides<LabelSet>; readonly agreed: LabelSet }
  | { readonly kind: 'remove'; readonly on: Side; readonly pair: Pair }
  | { readonly kind: 'forget'; readonly pair: Pair }

/** Written down before an append, settled by the pair that the append makes. */
export interface Intent {
  readonly to: Side
  readonly source: MessageId
  /** From {@link Folder.prepare} of the side it goes to. */
  readonly token: string
}
