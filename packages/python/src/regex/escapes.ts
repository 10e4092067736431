import type { Category, RegexNode } from './nodes.ts'
import { type PatternSource, regexError } from './pattern-source.ts'
import { unsupportedRegex } from './unsupported.ts'

const controls: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

/** What an escape in a set stands for: a code point, or a category. */
export function readSetEscape(source: PatternSource, token: string): number | Category {
  const sign = token.slice(1)
  if (/^[dDsSwW]$/.test(sign)) return sign as Category
  const control = controls[sign]
  if (control !== undefined) return control
  const coded = readCode(source, sign)
  if (coded !== undefined) return coded
  if (/^[0-7]$/.test(sign)) return octal(sign + source.takeWhile(2, /^[0-7]$/))
  if (/^[0-9a-zA-Z]$/.test(sign)) throw regexError(`bad escape ${token}`, source.position)
  return sign.codePointAt(0) ?? 0
}

/** What an escape outside of sets stands for; `refer` checks the number of a group. */
export function readEscape(source: PatternSource, token: string, refer: (group: number) => RegexNode): RegexNode {
  const sign = token.slice(1)
  if (/^[dDsSwW]$/.test(sign))
    return { kind: 'set', negated: false, items: [{ kind: 'category', category: sign as Category }] }
  if (/^[AZbB]$/.test(sign)) return { kind: 'anchor', anchor: sign as 'A' | 'Z' | 'b' | 'B' }
  const control = controls[sign]
  if (control !== undefined) return { kind: 'char', point: control }
  const coded = readCode(source, sign)
  if (coded !== undefined) return { kind: 'char', point: coded }
  if (sign === '0') return { kind: 'char', point: octal(sign + source.takeWhile(2, /^[0-7]$/)) }
  if (/^[1-9]$/.test(sign)) return readNumber(source, sign, refer)
  if (/^[a-zA-Z]$/.test(sign)) throw regexError(`bad escape ${token}`, source.position)
  return { kind: 'char', point: sign.codePointAt(0) ?? 0 }
}

// Three octal digits are a character, one or two digits the number of a group.
function readNumber(source: PatternSource, first: string, refer: (group: number) => RegexNode): RegexNode {
  const two = first + source.takeWhile(1, /^[0-9]$/)
  if (/^[0-7]{2}$/.test(two) && source.next !== undefined && /^[0-7]$/.test(source.next)) {
    return { kind: 'char', point: octal(two + source.take()) }
  }
  return refer(Number(two))
}

function octal(digits: string): number {
  const point = Number.parseInt(digits, 8)
  if (point > 0o377) throw regexError(`octal escape value \\${digits} outside of range 0-0o377`)
  return point
}

function readCode(source: PatternSource, sign: string): number | undefined {
  const length = sign === 'x' ? 2 : source.isBytes ? 0 : sign === 'u' ? 4 : sign === 'U' ? 8 : 0
  if (sign === 'N' && !source.isBytes)
    return unsupportedRegex('a character by its name (\\N{…}) in a regular expression')
  if (length === 0) return undefined
  const digits = source.takeWhile(length, /^[0-9a-fA-F]$/)
  if (digits.length < length) throw regexError(`incomplete escape \\${sign}${digits}`, source.position)
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff) throw regexError(`bad escape \\${sign}${digits}`, source.position)
  if (point >= 0xd800 && point <= 0xdfff) return unsupportedRegex('half of a surrogate pair')
  return point
}
