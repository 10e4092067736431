import { malformed } from './command-error.ts'
import { parseDateTime } from './dates.ts'
import { parseSequenceSet, type SequenceSet } from './sequence-set.ts'

/** The parts of a command: text, literal, text, literal, … text. The text before a literal ends with its `{n}`. */
export type CommandParts = readonly (string | Buffer)[]

/** Reads the arguments of a command one after the other (RFC 3501, 9). Every reader throws a BAD if it finds something else. */
export interface Arguments {
  /** Whether everything was read. */
  readonly atEnd: boolean
  /** One space. */
  space(): void
  /** That everything was read. */
  end(): void
  /** Whether this text, in any case, comes next. */
  sees(text: string): boolean
  /** Passes over this text if it comes next. */
  accept(text: string): boolean
  /** Passes over this text. */
  expect(text: string): void
  /** A name: letters, digits and whatever else is no special character. */
  atom(): string
  /** An atom, in upper case. */
  keyword(): string
  astring(): string
  /** A mailbox name or pattern, with its wildcards. */
  pattern(): string
  nstring(): string | undefined
  literal(): Buffer
  number(): number
  /** Up to 63 bits (RFC 7162, 7). */
  modSeq(): bigint
  sequenceSet(): SequenceSet
  flag(): string
  dateTime(): Date
  /** Items between brackets, a space between two. */
  list<T>(item: () => T): T[]
  /** What comes next, up to a space or a bracket, whatever it is. */
  word(): string
}

const atomPattern = /[^(){ %*"\\\]\x00-\x1f\x7f]+/y
const astringPattern = /[^(){ %*"\\\x00-\x1f\x7f]+/y
const listPattern = /[^(){ "\\\x00-\x1f\x7f]+/y
const quotedPattern = /"((?:[^"\\\r\n]|\\["\\])*)"/y
const literalPattern = /\{\d+\+?\}$/y
const flagPattern = /\\?[^(){ %*"\\\]\x00-\x1f\x7f]+/y
const setPattern = /[\d:,*]+/y
const numberPattern = /\d+/y
const wordPattern = /[^ ()]+/y

/** What a server is strict about. */
export interface ArgumentRules {
  /** A range whose greater end comes first is BAD. */
  readonly ascendingSetsOnly?: boolean
}

/** Begins reading at an offset of the first part. */
export function readArguments(parts: CommandParts, offset: number, rules: ArgumentRules = {}): Arguments {
  let part = 0
  let position = offset

  const text = () => parts[part] as string

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = position
    const found = pattern.exec(text())
    if (!found) return undefined
    position = pattern.lastIndex
    return found[1] ?? found[0]
  }

  function need(pattern: RegExp, what: string): string {
    const found = match(pattern)
    if (found === undefined) throw malformed(`expected ${what}`)
    return found
  }

  function acceptLiteral(): Buffer | undefined {
    const octets = parts[part + 1] as Buffer | undefined
    if (!octets || match(literalPattern) === undefined) return undefined
    part += 2
    position = 0
    return octets
  }

  function acceptString(): string | undefined {
    const quoted = match(quotedPattern)
    return quoted === undefined ? acceptLiteral()?.toString('latin1') : quoted.replace(/\\(.)/g, '$1')
  }

  function sees(expected: string): boolean {
    return (
      text()
        .slice(position, position + expected.length)
        .toUpperCase() === expected.toUpperCase()
    )
  }

  function accept(expected: string): boolean {
    if (!sees(expected)) return false
    position += expected.length
    return true
  }

  function expect(expected: string): void {
    if (!accept(expected)) throw malformed(`expected ${expected === ' ' ? 'a space' : expected}`)
  }

  return {
    get atEnd() {
      return part === parts.length - 1 && position === text().length
    },
    space: () => expect(' '),
    end() {
      if (!this.atEnd) throw malformed('unexpected arguments')
    },
    sees,
    accept,
    expect,
    atom: () => need(atomPattern, 'an atom'),
    keyword: () => need(atomPattern, 'a keyword').toUpperCase(),
    astring: () => acceptString() ?? need(astringPattern, 'a string'),
    pattern: () => acceptString() ?? need(listPattern, 'a mailbox pattern'),
    nstring() {
      const found = acceptString()
      if (found === undefined) expect('NIL')
      return found
    },
    literal() {
      const octets = acceptLiteral()
      if (!octets) throw malformed('expected a literal')
      return octets
    },
    number: () => Number(need(numberPattern, 'a number')),
    modSeq() {
      const value = BigInt(need(numberPattern, 'a mod-sequence'))
      if (value > 0x7fff_ffff_ffff_ffffn) throw malformed('the mod-sequence is too large')
      return value
    },
    sequenceSet() {
      const set = parseSequenceSet(need(setPattern, 'a sequence set'))
      if (!set) throw malformed('invalid sequence set')
      if (rules.ascendingSetsOnly && set.some(({ from, to }) => from > to)) throw malformed('the range descends')
      return set
    },
    flag: () => need(flagPattern, 'a flag'),
    dateTime() {
      const date = parseDateTime(need(quotedPattern, 'a date'))
      if (!date) throw malformed('invalid date')
      return date
    },
    list(item) {
      const items: ReturnType<typeof item>[] = []
      expect('(')
      if (accept(')')) return items
      do items.push(item())
      while (accept(' '))
      expect(')')
      return items
    },
    word: () => need(wordPattern, 'a word'),
  }
}
