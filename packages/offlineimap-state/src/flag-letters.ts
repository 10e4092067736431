import { createFlagInterner, type Flag, type FlagSet } from '@mailtide/contracts'

/** Between the letters of a status and IMAP's flags. */
export interface FlagLetters {
  /** Equal letters give one shared set. Letters that stand for no flag are passed over. */
  flagsOf(letters: string): FlagSet
  /** Sorted, as OfflineIMAP writes them. Flags that it has no letter for are passed over. */
  lettersOf(flags: FlagSet): string
}

// Not P: OfflineIMAP notes it as agreed without ever sending it, and takes it off the file in the run after.
const systemLetters: readonly (readonly [letter: string, flag: Flag])[] = [
  ['D', '\\Draft'],
  ['F', '\\Flagged'],
  ['R', '\\Answered'],
  ['S', '\\Seen'],
  ['T', '\\Deleted'],
]

/** The five letters that OfflineIMAP keeps, and those of `customflag_a` to `customflag_z`. */
export function createFlagLetters(keywords: Readonly<Record<string, Flag>> = {}): FlagLetters {
  const flagOf = new Map([...systemLetters, ...Object.entries(keywords)])
  const letterOf = new Map([...flagOf].map(([letter, flag]) => [flag, letter]))
  const shared = createFlagInterner()
  const known = new Map<string, FlagSet>()
  return {
    flagsOf(letters) {
      let flags = known.get(letters)
      if (!flags) {
        flags = shared([...letters].flatMap((letter) => flagOf.get(letter) ?? []))
        known.set(letters, flags)
      }
      return flags
    },
    lettersOf: (flags) => [...new Set([...flags].flatMap((flag) => letterOf.get(flag) ?? []))].sort().join(''),
  }
}
