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
  const sums = { local: { ...none }, remote: { ...none } }
  const kinds = ['copied', 'removed', 'flagged'] as const
  return {
    add(side, what, messages) {
      sums[side][what] += messages
    },
    addAll(counts) {
      for (const side of ['local', 'remote'] as const) for (const kind of kinds) sums[side][kind] += counts[side][kind]
    },
    outside: { local: 0, remote: 0 },
    removed: [],
    flagged: [],
    counts: () => ({ local: { ...sums.local }, remote: { ...sums.remote } }),
  }
}
