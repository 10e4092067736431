import { type Flag, type FlagSet, noFlags } from '@mailtide/contracts'

/** The letters of a Maildir file name that stand for flags, and what can be done with them. */
export interface FlagLetters {
  canStore(flag: Flag): boolean
  /** The flags that these letters stand for; letters that stand for none are passed over. */
  flagsOf(letters: string): FlagSet
  /** The letters after a change, in OfflineIMAP's order. Letters that stand for no flag stay. */
  change(letters: string, add: FlagSet, drop: FlagSet): string
}

const systemLetters: readonly (readonly [letter: string, flag: Flag])[] = [
  ['D', '\\Draft'],
  ['F', '\\Flagged'],
  ['P', '$Forwarded'],
  ['R', '\\Answered'],
  ['S', '\\Seen'],
  ['T', '\\Deleted'],
]

/** The six letters that all programs share, and lower-case ones for keywords (OfflineIMAP's `customflag_a` to `_z`). */
export function createFlagLetters(keywords: Readonly<Record<string, Flag>> = {}): FlagLetters {
  const flagOf = new Map([...systemLetters, ...Object.entries(keywords)])
  const letterOf = new Map([...flagOf].map(([letter, flag]) => [flag, letter]))
  const known = new Map<string, FlagSet>([['', noFlags]])

  return {
    canStore: (flag) => letterOf.has(flag),
    flagsOf(letters) {
      let flags = known.get(letters)
      if (!flags) {
        flags = new Set([...letters].flatMap((letter) => flagOf.get(letter) ?? []))
        known.set(letters, flags)
      }
      return flags
    },
    change(letters, add, drop) {
      const changed = new Set(letters)
      for (const flag of add) changed.add(letterOf.get(flag) ?? '')
      for (const flag of drop) changed.delete(letterOf.get(flag) ?? '')
      return [...changed].sort().join('')
    },
  }
}
