import type { BothSides, Counts, FlaggedMessages, RemovedMessages, Side, SideCounts } from '@mailtide/contracts'

/** Counts what a sync did, to each side. */
export interface Tally {
  add(side: Side, what: keyof SideCounts, messages: number): void
  addAll(counts: Counts): void
  counts(): Counts
  /** Messages that were met and left out; a second attempt meets them again. */
  outside: BothSides<number>
  /** How many messages are to be copied to a side, those included that have been. */
  planned?: (to: Side) => number
  /** Which messages were removed, and of which the flags were changed. */
  readonly removed: RemovedMessages[]
  readonly flagged: FlaggedMessages[]
}

/** A tally at zero. */
export function createTally(): Tally {
  const none = { copied: 0, removed: 0, flagged: 0 }
  const sums: Record<Side, Record<keyof SideCounts, number>> = {
    local: { ...none, labelled: 0 },
    remote: { ...none, labelled: 0 },
  }
  const kinds = ['copied', 'removed', 'flagged', 'labelled'] as const
  const countsOf = ({ labelled, ...counts }: Record<keyof SideCounts, number>): SideCounts =>
    labelled > 0 ? { ...counts, labelled } : counts
  return {
    add(side, what, messages) {
      sums[side][what] += messages
    },
    addAll(counts) {
      for (const side of ['local', 'remote'] as const) {
        for (const kind of kinds) sums[side][kind] += counts[side][kind] ?? 0
      }
    },
    outside: { local: 0, remote: 0 },
    removed: [],
    flagged: [],
    counts: () => ({ local: countsOf(sums.local), remote: countsOf(sums.remote) }),
  }
}
