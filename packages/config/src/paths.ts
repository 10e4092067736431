import type { Parsed } from './values.ts'

/** What a path in an rc file may refer to. */
export interface PathContext {
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where relative paths begin: the current directory. No path is relative to the rc file. */
  readonly directory: string
}

/** How far a path is expanded: `tilde+env` replaces `~` and then `$VAR` and `${VAR}`, `tilde` only the first. */
export type PathExpansion = 'tilde' | 'tilde+env'

/** Makes an absolute path of one in an rc file. */
export function parsePath(text: string, expansion: PathExpansion, context: PathContext): Parsed<string> {
  if (text === '') return { wrong: 'names no path', hint: 'Write a path, or leave the option out.' }
  if (text.includes('\n') || text.includes('\0')) return { wrong: 'holds more than one line', hint: 'Write one path.' }
  const foreign = /^~[^/]+/.exec(text)?.[0]
  if (foreign !== undefined) {
    return { wrong: `begins with ${foreign}, another user's home`, hint: 'Write that path out in full.' }
  }
  const tilde = text.replace(/^~/, () => context.home)
  const missing = new Set<string>()
  const path =
    expansion === 'tilde'
      ? tilde
      : tilde.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (reference, plain, braced) => {
          const value = context.environment[plain ?? braced]
          if (value === undefined) missing.add(reference)
          return value ?? reference
        })
  if (missing.size > 0) {
    return {
      wrong: `refers to ${[...missing].join(' and ')}, which is not set`,
      hint: 'Set it, or write the path out.',
    }
  }
  return { value: path.startsWith('/') ? path : `${context.directory.replace(/\/$/, '')}/${path}` }
}
