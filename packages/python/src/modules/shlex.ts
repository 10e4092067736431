import { asText, bound, positionals } from '../values/args.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import { list, type ModuleValue } from '../values/value.ts'
import { nativeModule } from './native.ts'

/** The module `shlex`. */
export function createShlexModule(): ModuleValue {
  return nativeModule(
    'shlex',
    {},
    {
      split(runtime, args) {
        const [line, comments, posix] = bound('split', args, ['s', 'comments', 'posix'], 1)
        if (posix !== undefined && !truthOf(runtime, posix)) return runtime.unsupported('shlex.split(posix=False)')
        return list(splitLine(asText(line, 's'), comments !== undefined && truthOf(runtime, comments)))
      },
      quote: (_, args) => quoteWord(asText(positionals('quote', args, 1)[0], 's')),
      join(runtime, args) {
        const words = itemsOf(runtime, positionals('join', args, 1)[0]!)
        return words.map((word) => quoteWord(asText(word, 'word'))).join(' ')
      },
    },
  )
}

/** A word as the shell takes it whole. */
function quoteWord(word: string): string {
  if (word === '') return "''"
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`
}

/** Splits a line as a POSIX shell would, without expanding anything. */
function splitLine(line: string, comments: boolean): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!
    if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (comments && character === '#') {
      const end = line.indexOf('\n', at)
      at = end === -1 ? line.length : end
    } else if (character === "'" || character === '"') {
      const end = endOfQuote(line, at)
      const inner = line.slice(at + 1, end)
      word = (word ?? '') + (character === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner)
      at = end
    } else if (character === '\\') {
      at++
      if (at === line.length) throw raise('ValueError', 'No escaped character')
      word = (word ?? '') + line[at]
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  return words
}

function endOfQuote(line: string, open: number): number {
  const mark = line[open]
  for (let at = open + 1; at < line.length; at++) {
    if (mark === '"' && line[at] === '\\') at++
    else if (line[at] === mark) return at
  }
  throw raise('ValueError', 'No closing quotation')
}
