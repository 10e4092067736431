/** The system flags that clients can set (RFC 3501, 2.3.2). */
export const systemFlags = ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] as const

/** Whether a flag is one of these, in any case. */
export function isSystemFlag(flag: string): boolean {
  return systemFlags.some((known) => known.toLowerCase() === flag.toLowerCase())
}

/** Gives every flag one spelling a folder: the system's own, or that in which a keyword was first used. */
export interface FlagNames {
  /** A set with these flags, less `\Recent` and unknown system flags; the same object for equal sets. */
  set(flags: Iterable<string>): ReadonlySet<string>
  keywords(): string[]
}

/** Knows the system flags and these keywords. */
export function createFlagNames(keywords: Iterable<string>): FlagNames {
  const spellings = new Map<string, string>(systemFlags.map((flag) => [flag.toLowerCase(), flag]))
  const sets = new Map<string, ReadonlySet<string>>()
  for (const keyword of keywords) spell(keyword)

  function spell(flag: string): string | undefined {
    const known = spellings.get(flag.toLowerCase())
    if (known !== undefined || flag.startsWith('\\')) return known
    spellings.set(flag.toLowerCase(), flag)
    return flag
  }

  return {
    set(flags) {
      const spelled = new Set<string>()
      for (const flag of flags) {
        const spelling = spell(flag)
        if (spelling !== undefined) spelled.add(spelling)
      }
      const key = [...spelled].sort().join(' ')
      const known = sets.get(key)
      if (known) return known
      sets.set(key, spelled)
      return spelled
    },
    keywords: () => [...spellings.values()].slice(systemFlags.length),
  }
}
