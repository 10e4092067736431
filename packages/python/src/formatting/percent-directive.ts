import { toFloat, truncate } from '../evaluate/numbers.ts'
import type { Runtime } from '../runtime.ts'
import { characterOf } from '../values/character.ts'
import { typeName } from '../values/classes.ts'
import { lengthOf, part } from '../values/code-points.ts'
import { encode } from '../values/codecs.ts'
import { isNumber, plain } from '../values/compare.ts'
import { fromBytes } from '../values/latin1.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { asciiOf, intText, reprOf, strOf } from '../values/repr.ts'
import type { Value } from '../values/value.ts'
import { floatText } from './floats.ts'

/** One `%` of a template. */
export interface Directive {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly type: string
}

/** The text that a value becomes. `next` draws the value once the directive is known to be one. */
export function writeDirective(runtime: Runtime, directive: Directive, next: () => Value, isBytes: boolean): string {
  const { type, precision } = directive
  switch (type) {
    case 's':
    case 'b':
    case 'r':
    case 'a': {
      const value = next()
      if (type === 'b' && !isBytes) throw unknown(type)
      const text = textOf(runtime, type, value, isBytes)
      return widen(precision === undefined ? text : part(text, 0, precision), directive)
    }
    case 'c':
      return widen(characterText(runtime, next(), isBytes), directive)
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return writeInt(runtime, directive, next())
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return writeFloat(directive, next())
    default:
      next()
      throw unknown(type)
  }
}

function unknown(type: string): Error {
  return raiseAbout('ValueError', 'unsupported format character', `unsupported format character '${type}'`)
}

function textOf(runtime: Runtime, type: string, value: Value, isBytes: boolean): string {
  if (!isBytes)
    return type === 's' ? strOf(runtime, value) : type === 'r' ? reprOf(runtime, value) : asciiOf(runtime, value)
  if (type === 'r' || type === 'a') return asciiOf(runtime, value)
  if (value instanceof Uint8Array) return fromBytes(value)
  if (typeof value === 'string') return fromBytes(encode(value, 'utf-8', 'strict'))
  throw raise('TypeError', `%b requires a bytes-like object, not '${typeName(value)}'`)
}

function characterText(runtime: Runtime, value: Value, isBytes: boolean): string {
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    const point = BigInt(value)
    const most = isBytes ? 0xffn : 0x10ffffn
    if (point < 0n || point > most) throw raise('OverflowError', '%c arg not in range')
    return characterOf(runtime, point)
  }
  if (isBytes && value instanceof Uint8Array && value.length === 1) return fromBytes(value)
  if (typeof value === 'string' && lengthOf(value) === 1) return value
  throw raise('TypeError', '%c requires int or char')
}

function writeInt(runtime: Runtime, directive: Directive, value: Value): string {
  const { type, flags, precision = 0 } = directive
  if (!isNumber(value)) throw raise('TypeError', `%${type} format: a real number is required, not ${typeName(value)}`)
  const radix = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10
  const number = plain(value)
  if (typeof number === 'number' && radix !== 10) {
    throw raise('TypeError', `%${type} format: an integer is required, not float`)
  }
  const int = typeof number === 'number' ? truncate(number) : number
  const size = int < 0n ? -int : int
  const digits = (radix === 10 ? intText(runtime, size) : size.toString(radix)).padStart(precision, '0')
  const prefix = flags.includes('#') && radix !== 10 ? (radix === 8 ? '0o' : '0x') : ''
  const text = type === 'X' ? (prefix + digits).toUpperCase() : prefix + digits
  return widenNumber(signOf(int < 0n, flags), text, prefix.length, directive)
}

function writeFloat(directive: Directive, value: Value): string {
  if (!isNumber(value)) throw raise('TypeError', `must be real number, not ${typeName(value)}`)
  const { type, flags, precision = 6 } = directive
  const number = toFloat(plain(value))
  const text = floatText(Math.abs(number), {
    type: type.toLowerCase() as 'e' | 'f' | 'g',
    precision,
    alternate: flags.includes('#'),
    fraction: false,
  })
  const isNegative = number < 0 || Object.is(number, -0)
  return widenNumber(signOf(isNegative, flags), /[EFG]/.test(type) ? text.toUpperCase() : text, 0, directive)
}

function signOf(isNegative: boolean, flags: string): string {
  if (isNegative) return '-'
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

function widenNumber(sign: string, text: string, prefix: number, { flags, width }: Directive): string {
  if (flags.includes('-')) return (sign + text).padEnd(width)
  if (!flags.includes('0')) return (sign + text).padStart(width)
  return sign + text.slice(0, prefix) + text.slice(prefix).padStart(width - sign.length - prefix, '0')
}

function widen(text: string, { flags, width }: Directive): string {
  const missing = Math.max(0, width - lengthOf(text))
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text
}
