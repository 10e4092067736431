import type { SyntaxNode } from '@lezer/common'
import { beyond, type Reader, refuse, textAt } from './reader.ts'

/** The parts of a string literal's spelling. */
export interface StringParts {
  readonly raw: boolean
  readonly bytes: boolean
  /** Where its content begins and ends in the text. */
  readonly from: number
  readonly to: number
}

/** Takes a string literal apart; refuses one that its line's end cut off. */
export function stringParts(reader: Reader, node: SyntaxNode): StringParts {
  const text = textAt(reader, node)
  const [, prefix = '', mark = ''] = /^([a-z]*)("""|'''|"|')/i.exec(text) ?? []
  const open = prefix.length + mark.length
  let at = open
  while (at < text.length && !text.startsWith(mark, at)) at += text[at] === '\\' ? 2 : 1
  const isFormat = /f/i.test(prefix)
  // In an f-string the mark may stand inside a replacement, so its end is the parser's to find.
  const end = isFormat ? text.length - mark.length : at
  if (end < open || !text.startsWith(mark, end) || end + mark.length !== text.length) {
    refuse(reader, node, 'unterminated string literal')
  }
  return { raw: /r/i.test(prefix), bytes: /b/i.test(prefix), from: node.from + open, to: node.from + end }
}

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** The text that a stretch of a literal means. Escapes that Python doesn't know stay as they are. */
export function unescapeText(reader: Reader, node: SyntaxNode, text: string, bytes: boolean): string {
  return text.replace(/\\([0-7]{1,3}|[\s\S]|$)([\da-fA-F]{0,8})/g, (whole, sign: string, hex: string) => {
    if (/^[0-7]/.test(sign)) {
      const code = Number.parseInt(sign, 8)
      return String.fromCodePoint(bytes ? code & 0xff : code) + hex
    }
    const digits = sign === 'x' ? 2 : bytes ? 0 : sign === 'u' ? 4 : sign === 'U' ? 8 : 0
    if (digits > 0) {
      if (hex.length < digits) refuse(reader, node, `truncated \\${sign} escape`)
      return character(reader, node, Number.parseInt(hex.slice(0, digits), 16)) + hex.slice(digits)
    }
    if (sign === 'N' && !bytes) beyond(reader, node, 'a character by its name (\\N{…})')
    const meant = simple[sign]
    return meant === undefined ? whole : meant + hex
  })
}

function character(reader: Reader, node: SyntaxNode, point: number): string {
  if (point > 0x10ffff) refuse(reader, node, 'illegal Unicode character')
  if (point >= 0xd800 && point <= 0xdfff) beyond(reader, node, 'half of a surrogate pair')
  return String.fromCodePoint(point)
}

/** The value of a plain string literal. */
export function readString(reader: Reader, node: SyntaxNode): string | Uint8Array {
  const { raw, bytes, from, to } = stringParts(reader, node)
  const written = reader.text.slice(from, to)
  if (bytes && /[^\x00-\x7f]/.test(written)) refuse(reader, node, 'bytes can only contain ASCII literal characters')
  const text = raw ? written : unescapeText(reader, node, written, bytes)
  return bytes ? Uint8Array.from(text, (unit) => unit.charCodeAt(0)) : text
}

/** The value of a number. */
export function readNumber(reader: Reader, node: SyntaxNode): bigint | number {
  const text = textAt(reader, node)
  if (/j$/i.test(text)) beyond(reader, node, 'complex numbers')
  const digits = text.replaceAll('_', '')
  if (/__|_$|^_|_[.eE]|[.eE]_/.test(text) || /^[a-z0-9_]/i.test(reader.text.slice(node.to, node.to + 1))) {
    refuse(reader, node, 'invalid decimal literal')
  }
  if (/^0[xob]/i.test(digits)) return digits.length > 2 ? BigInt(digits) : refuse(reader, node, 'invalid number')
  if (/^\d+$/.test(digits)) {
    // `1.real` is a float with a name stuck to it.
    if (/^\.\w/.test(reader.text.slice(node.to, node.to + 2))) refuse(reader, node, 'invalid decimal literal')
    if (digits.length > 4300) refuse(reader, node, 'Exceeds the limit (4300 digits) for integer string conversion')
    if (!/^0+[1-9]/.test(digits)) return BigInt(digits)
    // Python 2's octal numbers; Python 3 knows no such thing.
    if (!/^0[0-7]+$/.test(digits)) refuse(reader, node, 'leading zeros in a number')
    reader.legacy = true
    return BigInt(`0o${digits.slice(1)}`)
  }
  return Number(digits)
}
