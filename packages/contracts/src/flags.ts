import { createSetInterner } from './labels.ts'

/** The system flags of RFC 9051, 2.3.2, less the ones no client can set. */
export type SystemFlag = '\\Seen' | '\\Answered' | '\\Flagged' | '\\Draft' | '\\Deleted'

/** A flag in IMAP's spelling: a system flag begins with a backslash, all else is a keyword. */
export type Flag = SystemFlag | (string & {})

/** The flags of one message. Backends hand out one shared object for equal sets: never alter one. */
export type FlagSet = ReadonlySet<Flag>

/** No flags at all. */
export const noFlags: FlagSet = new Set()

/** What has to be done to one flag set to make it another. */
export interface FlagDifference {
  readonly add: FlagSet
  readonly drop: FlagSet
}

/** Whether two sets hold the same flags. */
export function equalFlags(a: FlagSet, b: FlagSet): boolean {
  return a === b || (a.size === b.size && a.isSubsetOf(b))
}

/** The change that makes `to` out of `from`. */
export function flagsBetween(from: FlagSet, to: FlagSet): FlagDifference {
  return { add: to.difference(from), drop: from.difference(to) }
}

/**
 * Merges what two sides did to one flag set.
 *
 * A flag that was set can only have been dropped, one that was not set can only have been
 * added: the sides never contradict each other, so there is no conflict to resolve.
 */
export function mergeFlags(base: FlagSet, local: FlagSet, remote: FlagSet): FlagSet {
  const added = local.difference(base).union(remote.difference(base))
  const dropped = base.difference(local).union(base.difference(remote))
  return base.union(added).difference(dropped)
}

/** A set's flags in one fixed order, for keys, names and stored text. */
export function sortedFlags(flags: FlagSet): Flag[] {
  return [...flags].sort()
}

/** Hands out one shared object for equal flag sets, so that a million messages hold a handful of sets. */
export function createFlagInterner(): (flags: Iterable<Flag>) => FlagSet {
  return createSetInterner()
}
