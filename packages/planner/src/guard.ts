import type { BothSides, Side } from '@mailtide/contracts'

/** When a run's deletions on one side are too many to be believed. Both have to be exceeded. */
export interface DeletionLimits {
  readonly messages: number
  /** Share of the account's messages, 0 to 1. */
  readonly share: number
}

/** More than a hundred messages and more than half of all. */
export const defaultDeletionLimits: DeletionLimits = { messages: 100, share: 0.5 }

/**
 * The sides on which deletions are held back: an unmounted disk, an emptied folder or a server that suddenly
 * lists nothing looks like a user who deleted everything. `known` counts the account's messages before the run.
 */
export function heldDeletions(
  removals: BothSides<number>,
  known: number,
  limits: DeletionLimits = defaultDeletionLimits,
): Side[] {
  return (['local', 'remote'] as const).filter(
    (side) => removals[side] > limits.messages && removals[side] > known * limits.share,
  )
}
