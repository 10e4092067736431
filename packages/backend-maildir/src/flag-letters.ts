import { type Flag, type FlagSet, noFlags } from '@mailtide/contracts'
import { badCustomFlag } from './errors.ts'

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

/**
 * The six letters that all programs share, and lower-case ones for keywords (OfflineIMAP's `customflag_a` to `_z`). A
 * keyword with several letters is written as the first of them.
 */
export function createFlagLetters(customFlags: ReadonlyMap<string, Flag> = new Map()): FlagLetters {
  for (const [letter, keyword] of customFlags) {
    if (!/^[a-z]$/.test(letter) || !isKeyword(keyword)) throw badCustomFlag(letter, keyword)
  }
  const flagOf = new Map([...systemLetters, ...customFlags])
  const lettersOf = Map.groupBy(flagOf.keys(), (letter) => flagOf.get(letter))
  const known = new Map<string, FlagSet>([['', noFlags]])

  return {
    canStore: (flag) => lettersOf.has(flag),
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
      for (const flag of add) {
        const [first = '', ...others] = lettersOf.get(flag) ?? []
        if (!others.some((letter) => changed.has(letter))) changed.add(first)
      }
      for (const flag of drop) {
        for (const letter of lettersOf.get(flag) ?? []) changed.delete(letter)
      }
      return [...changed].sort().join('')
    },
  }
}

/** RFC 9051, 9: a keyword is an atom; what begins with a backslash is a system flag. */
function isKeyword(text: string): boolean {
  return /^[^\x00-\x20\x7f-\uffff(){%*"\\\]]+$/.test(text)
}
