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
  const examples: Example[] = []
  let open:
    | { readonly fence: string; readonly info: string; readonly line: number; readonly code: string[] }
    | undefined
  for (const [index, text] of markdown.split('\n').entries()) {
    const [, fence = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text) ?? []
    if (!open) {
      if (fence) open = { fence, info: info.trim(), line: index + 2, code: [] }
    } else if (fence.startsWith(open.fence) && info.trim() === '') {
      examples.push(...exampleOf(open.info, open.line, open.code))
      open = undefined
    } else {
      open.code.push(text)
    }
  }
  return examples
}

function exampleOf(info: string, line: number, code: readonly string[]): Example[] {
  const [language, ...rest] = info.split(/\s+/)
  if (language !== 'ts' && language !== 'typescript') return []
  const reason = /^no-run\b[\s:,-]*(.*)$/.exec(rest.join(' '))
  return [{ line, code: code.join('\n'), noRun: reason?.[1] }]
}
