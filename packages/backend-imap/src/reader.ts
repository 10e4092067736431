import { protocolError } from './errors.ts'

/**
 * A place in the text of one response, moved along by the functions below. The literals are taken in order where the
 * text has their `{n}`.
 */
export interface Reader {
  text: string
  at: number
  literals: readonly (Buffer | undefined)[]
  /** How many literals were taken. */
  taken: number
}

const space = 32
const quote = 34
const open = 40
const close = 41
const backslash = 92
const deepest = 100

/** A reader to be filled again and again. */
export function createReader(): Reader {
  return { text: '', at: 0, literals: [], taken: 0 }
}

/** Skips spaces: some proxies add more than one. */
export function skipSpaces(reader: Reader): void {
  while (reader.text.charCodeAt(reader.at) === space) reader.at++
}

/** Whether nothing but spaces is left. */
export function isAtEnd(reader: Reader): boolean {
  skipSpaces(reader)
  return reader.at >= reader.text.length
}

/** Takes this character if it is next. */
export function take(reader: Reader, code: number): boolean {
  if (reader.text.charCodeAt(reader.at) !== code) return false
  reader.at++
  return true
}

/** Takes the opening parenthesis of a list. */
export function takeOpen(reader: Reader): boolean {
  skipSpaces(reader)
  return take(reader, open)
}

/** Takes the closing parenthesis of a list. */
export function takeClose(reader: Reader): boolean {
  skipSpaces(reader)
  return take(reader, close)
}

/** What comes before the next space, parenthesis or end; empty if that is right here. */
export function readAtom(reader: Reader): string {
  const { text } = reader
  const start = reader.at
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === space || code === open || code === close) break
  }
  reader.at = at
  return text.slice(start, at)
}

/** A number in digits; -1 where none stands. */
export function readNumber(reader: Reader): number {
  const { text } = reader
  let at = reader.at
  let value = 0
  const start = at
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  reader.at = at
  return at === start ? -1 : value
}

/** An atom, a quoted string or a literal, as latin1; undefined for NIL. */
export function readText(reader: Reader): string | undefined {
  skipSpaces(reader)
  const code = reader.text.charCodeAt(reader.at)
  if (code === quote) return readQuoted(reader)
  if (isLiteralNext(reader)) return readLiteral(reader)?.toString('latin1') ?? ''
  const atom = readAtom(reader)
  return atom.toUpperCase() === 'NIL' ? undefined : atom
}

/** Whether a literal, or a literal8 (RFC 9051, 4.3), stands here. */
export function isLiteralNext(reader: Reader): boolean {
  const { text, at, taken, literals } = reader
  if (taken >= literals.length) return false
  const code = text.charCodeAt(at)
  return code === 123 || (code === 126 && text.charCodeAt(at + 1) === 123)
}

/** Takes the literal that stands here; undefined if it was received elsewhere. */
export function readLiteral(reader: Reader): Buffer | undefined {
  const end = reader.text.indexOf('}', reader.at)
  if (end === -1) throw protocolError('a literal without its size')
  reader.at = end + 1
  return reader.literals[reader.taken++]
}

/** The inside of a flat list of atoms, such as flags; undefined if no list stands here. */
export function readFlatList(reader: Reader): string | undefined {
  skipSpaces(reader)
  if (reader.text.charCodeAt(reader.at) !== open) return undefined
  const end = reader.text.indexOf(')', reader.at)
  if (end === -1) throw protocolError('a list without an end')
  const inside = reader.text.slice(reader.at + 1, end)
  reader.at = end + 1
  return inside
}

/** Skips one value of any kind. */
export function skipValue(reader: Reader, depth = 0): void {
  if (depth > deepest) throw protocolError('lists nested too deeply')
  skipSpaces(reader)
  if (isLiteralNext(reader)) {
    readLiteral(reader)
    return
  }
  const code = reader.text.charCodeAt(reader.at)
  if (code === quote) {
    readQuoted(reader)
  } else if (code === open) {
    reader.at++
    while (!takeClose(reader)) {
      if (reader.at >= reader.text.length) throw protocolError('a list without an end')
      skipValue(reader, depth + 1)
    }
  } else if (readAtom(reader) === '') {
    throw protocolError('a value is missing')
  }
}

function readQuoted(reader: Reader): string {
  const { text } = reader
  const start = reader.at + 1
  let escaped = false
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) {
      escaped = true
      at++
    } else if (code === quote) {
      reader.at = at + 1
      const inside = text.slice(start, at)
      return escaped ? inside.replace(/\\(.)/g, '$1') : inside
    }
  }
  throw protocolError('a quoted string without an end')
}
