import { toFloat, truncate } from '../evaluate/numbers.ts'
import type { Runtime } from '../runtime.ts'
import { asInt, bound, positionals } from '../values/args.ts'
import { typeName } from '../values/classes.ts'
import { fromBytes } from '../values/latin1.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { quote, quoteBytes } from '../values/repr.ts'
import { decimalValue, isDecimal, isSpace } from '../values/unicode.ts'
import type { Args, Value } from '../values/value.ts'

/** `int(value, base)` */
export function intFrom(runtime: Runtime, args: Args): Value {
  const [value, base] = bound('int', args, ['x', 'base'])
  if (base === undefined) {
    switch (typeof value) {
      case 'undefined':
        return 0n
      case 'bigint':
      case 'boolean':
        return BigInt(value)
      case 'number':
        return truncate(value)
      case 'string':
        return intOfText(runtime, value, 10, value)
    }
    if (value instanceof Uint8Array) return intOfText(runtime, fromBytes(value), 10, value)
    const name = typeName(value)
    throw raise('TypeError', `int() argument must be a string, a bytes-like object or a real number, not '${name}'`)
  }
  if (value === undefined) throw raise('TypeError', 'int() missing string argument')
  const radix = asInt(base)
  if (radix !== 0n && (radix < 2n || radix > 36n)) throw raise('ValueError', 'int() base must be >= 2 and <= 36, or 0')
  if (typeof value === 'string') return intOfText(runtime, value, Number(radix), value)
  if (value instanceof Uint8Array) return intOfText(runtime, fromBytes(value), Number(radix), value)
  throw raise('TypeError', "int() can't convert non-string with explicit base")
}

const prefixes: Readonly<Record<string, number>> = { '0x': 16, '0o': 8, '0b': 2 }

function intOfText(runtime: Runtime, text: string, base: number, given: string | Uint8Array): bigint {
  runtime.spend(text.length)
  const [, sign = '', body = ''] = /^([+-]?)([\s\S]*)$/.exec(asciiNumber(text)) ?? []
  const prefix = prefixes[body.slice(0, 2).toLowerCase()]
  const isPrefixed = prefix !== undefined && (base === 0 || base === prefix)
  const radix = base === 0 ? (prefix ?? 10) : base
  const digits = isPrefixed ? body.slice(2).replace(/^_/, '') : body
  const isPlain = /^[0-9a-z]+(_[0-9a-z]+)*$/i.test(digits) && digits.length > 0
  const plain = digits.replaceAll('_', '').toLowerCase()
  const fits = isPlain && Array.from(plain, (digit) => Number.parseInt(digit, 36)).every((digit) => digit < radix)
  const isOctalLike = base === 0 && !isPrefixed && /^0+[1-9]/.test(plain)
  if (!fits || isOctalLike) {
    const shown = typeof given === 'string' ? quote(given) : quoteBytes(given)
    const about = `invalid literal for int() with base ${base}`
    throw raiseAbout('ValueError', about, `${about}: ${shown}`)
  }
  if (plain.length > 4300 && (radix & (radix - 1)) !== 0) {
    throw raise('ValueError', 'Exceeds the limit (4300 digits) for integer string conversion')
  }
  const value = wholeNumber(plain, radix)
  return sign === '-' ? -value : value
}

function wholeNumber(digits: string, radix: number): bigint {
  if (radix === 10) return BigInt(digits)
  let value = 0n
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, 36))
  return value
}

/** `float(value)` */
export function floatFrom(_: Runtime, args: Args): Value {
  const [value = 0] = positionals('float', args, 0, 1)
  switch (typeof value) {
    case 'number':
      return value
    case 'bigint':
    case 'boolean':
      return toFloat(BigInt(value))
    case 'string':
      return floatOfText(value, quote(value))
  }
  if (value instanceof Uint8Array) return floatOfText(fromBytes(value), quoteBytes(value))
  throw raise('TypeError', `float() argument must be a string or a real number, not '${typeName(value)}'`)
}

function floatOfText(text: string, shown: string): number {
  const body = asciiNumber(text).toLowerCase()
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(body)
  if (special) {
    const size = special[2] === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY
    return special[1] === '-' ? -size : size
  }
  const digits = '[0-9]+(?:_[0-9]+)*'
  const number = new RegExp(`^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`)
  if (!number.test(body)) {
    const about = 'could not convert string to float'
    throw raiseAbout('ValueError', about, `${about}: ${shown}`)
  }
  return Number(body.replaceAll('_', ''))
}

// Blanks around a number don't count, and digits of any script do.
function asciiNumber(text: string): string {
  const characters = Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0
    if (point < 128) return character
    if (isSpace(point)) return ' '
    return isDecimal(point) ? String(decimalValue(point)) : character
  })
  return characters.join('').replace(/^[ \t-\r\x1c-\x1f]+|[ \t-\r\x1c-\x1f]+$/g, '')
}
