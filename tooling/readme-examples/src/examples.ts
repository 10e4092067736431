import { type Fence, fencesOf } from './fences.ts'

/** A fenced TypeScript block of a README. */
export interface Example {
  /** The line of the README on which its code begins, counted from 1. */
  readonly line: number
  readonly code: string
  /** Set when the block says that it is not to be run: its reason, empty if it gives none. */
  readonly noRun: string | undefined
}

/**
 * The blocks fenced as `ts`. Blocks in other languages are left out.
 *
 * | fence                           | what becomes of it             |
 * | ------------------------------- | ------------------------------ |
 * | ` ```ts `                       | run                            |
 * | ` ```ts no-run: a type alone `  | not run, the reason is printed |
 * | ` ```ts no-run `                | refused                        |
 */
export function examplesOf(markdown: string): Example[] {
  return fencesOf(markdown).flatMap(exampleOf)
}

function exampleOf({ info, line, code }: Fence): Example[] {
  const [language, ...rest] = info.split(/\s+/)
  if (language !== 'ts' && language !== 'typescript') return []
  const reason = /^no-run\b[\s:,-]*(.*)$/.exec(rest.join(' '))
  return [{ line, code, noRun: reason?.[1] }]
}
