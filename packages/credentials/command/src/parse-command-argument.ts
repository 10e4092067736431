import { homedir } from 'node:os'
import { argumentNotUnderstood } from './errors.ts'

/** A program and its arguments, to be started without a shell. */
export interface CommandLine {
  readonly program: string
  readonly args: readonly string[]
}

const word = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/gsy
const piece = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)/gs
const shellOnly = /^[|&]+$|;$|^\d?[<>]|\$[\w({]|`/

/**
 * Reads the argument of `command:`.
 *
 * | written            | means                                   |
 * | ------------------ | --------------------------------------- |
 * | blanks             | the end of a word                       |
 * | `'…'`              | `…` as it is                            |
 * | `"…"`              | `…`, in which `\"` and `\\` are escapes |
 * | `\x` outside       | `x` as it is                            |
 * | `~/` before a word | the home directory                      |
 *
 * Nothing else is special. A pipe, a redirection or a `$` outside of quotes is refused, for it was meant for a shell.
 */
export function parseCommandArgument(text: string, home: string = homedir()): CommandLine {
  const [program, ...args] = wordsOf(text.trim()).map((written) => meaningOf(written, home))
  if (program === undefined || program === '') {
    throw argumentNotUnderstood(
      'names no program',
      'Write the program and its arguments: command:oama access bob@example.org',
    )
  }
  return { program, args }
}

function wordsOf(text: string): string[] {
  const words: string[] = []
  let position = 0
  while (position < text.length) {
    word.lastIndex = position
    const found = word.exec(text)?.[0]
    if (found === undefined) {
      throw argumentNotUnderstood('has a quote that does not end', 'Close it, or write a backslash before the quote.')
    }
    words.push(found)
    position += found.length
    position += /^\s*/.exec(text.slice(position))?.[0].length ?? 0
  }
  return words
}

function meaningOf(written: string, home: string): string {
  const unquoted = written.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./gs, '')
  if (shellOnly.test(unquoted)) {
    throw argumentNotUnderstood(
      'has something that only a shell understands',
      'Put it in quotes if it is meant as it stands; write command-shell: in the place of command: to ask a shell.',
    )
  }
  const start = written.startsWith('~/') ? home : ''
  const rest = written.startsWith('~/') ? written.slice(1) : written
  const parts = [...rest.matchAll(piece)].map(([, single, double, escaped, plain]) => {
    return single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? ''
  })
  return start + parts.join('')
}
