import type { FlagSet } from './flags.ts'
import type { MessageId } from './values.ts'

/**
 * A label of Gmail, as the server writes it: user's labels in modified UTF-7 (RFC 3501, 5.1.3), the system's with a
 * backslash, as `\Important`. That is what OfflineIMAP keeps in its status and in its files, so that both are taken over as
 * they are; only what shows labels to people decodes them.
 */
export type Label = string

/**
 * The labels of one message, beside its flags. The arithmetic of flags serves them as well: `mergeFlags`, `flagsBetween`,
 * `equalFlags`. Backends hand out one shared object for equal sets: never alter one.
 */
export type LabelSet = ReadonlySet<Label>

/** No labels at all. */
export const noLabels: LabelSet = new Set()

/** The same change of labels to many messages. */
export interface LabelChange {
  readonly ids: readonly MessageId[]
  readonly add: LabelSet
  readonly drop: LabelSet
}

/** Hands out one shared object for equal sets of texts, whatever characters they hold. */
export function createSetInterner(): (texts: Iterable<string>) => FlagSet & LabelSet {
  const known = new Map<string, ReadonlySet<string>>()
  return (texts) => {
    const sorted = [...texts].sort()
    const key = sorted.join('\0')
    let set = known.get(key)
    if (!set) {
      set = new Set(sorted)
      known.set(key, set)
    }
    return set
  }
}
