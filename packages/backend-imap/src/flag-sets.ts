import { createFlagInterner, type Flag, type FlagSet, noFlags } from '@mailtide/contracts'

const systemFlags: ReadonlyMap<string, Flag> = new Map(
  ['\\Seen', '\\Answered', '\\Flagged', '\\Draft', '\\Deleted'].map((flag) => [flag.toLowerCase(), flag]),
)

/**
 * Reads flag lists as they stand in FETCH and SELECT, handing out one shared set for equal ones. System flags get their
 * usual spelling; `\Recent` is a session's own and no flag of the message (RFC 3501, 2.3.2).
 */
export function createFlagReader(): (list: string) => FlagSet {
  const intern = createFlagInterner()
  const known = new Map<string, FlagSet>()
  return (list) => {
    if (list === '') return noFlags
    const cached = known.get(list)
    if (cached) return cached
    const set = intern(flagsIn(list))
    // A sliced string keeps its whole line alive: the key is a copy.
    if (known.size < 10_000) known.set(Buffer.from(list, 'latin1').toString('latin1'), set)
    return set
  }
}

/** Whether a flag can be sent at all: a system flag, or a keyword that is an atom (RFC 9051, 9: flag-keyword). */
export function isFlag(flag: Flag): boolean {
  return flag.startsWith('\\') ? systemFlags.get(flag.toLowerCase()) === flag : isAtom(flag)
}

/** Whether a text can stand in a command without quotes. */
export function isAtom(text: string): boolean {
  return /^[^\x00-\x20\x7f-\uffff(){%*"\\\]]+$/.test(text)
}

/** What a folder lets us keep: its PERMANENTFLAGS (RFC 9051, 7.1), or everything where it gave none. */
export interface StorableFlags {
  readonly listed: ReadonlySet<string> | undefined
  readonly newKeywords: boolean
}

/** Reads the list of a PERMANENTFLAGS code. */
export function parsePermanentFlags(argument: string): StorableFlags {
  const flags = argument
    .replace(/^\(|\)$/g, '')
    .split(' ')
    .filter(Boolean)
  return { listed: new Set(flags.map((flag) => flag.toLowerCase())), newKeywords: flags.includes('\\*') }
}

/** The flags of a set that the folder keeps. */
export function storableFlags(flags: Iterable<Flag>, storable: StorableFlags): Flag[] {
  return [...flags].filter((flag) => {
    if (!isFlag(flag)) return false
    if (storable.listed === undefined || storable.listed.has(flag.toLowerCase())) return true
    return storable.newKeywords && !flag.startsWith('\\')
  })
}

function flagsIn(list: string): Flag[] {
  return list
    .split(' ')
    .filter((flag) => flag !== '' && flag.toLowerCase() !== '\\recent')
    .map((flag) => systemFlags.get(flag.toLowerCase()) ?? flag)
}
