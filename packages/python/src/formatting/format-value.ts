import { toFloat } from '../evaluate/numbers.ts'
import type { Runtime } from '../runtime.ts'
import { asInt } from '../values/args.ts'
import { characterOf } from '../values/character.ts'
import { typeName } from '../values/classes.ts'
import { part } from '../values/code-points.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { intText, strOf } from '../values/repr.ts'
import type { Value } from '../values/value.ts'
import { floatText } from './floats.ts'
import { padNumber, padText } from './padding.ts'
import { parseSpec, type Spec } from './spec.ts'

/** `format(value, spec)` */
export function formatValue(runtime: Runtime, value: Value, text: string): string {
  if (text === '') return strOf(runtime, value)
  switch (typeof value) {
    case 'string':
      return formatText(runtime, value, parseSpec(text))
    case 'bigint':
    case 'boolean':
      return formatInt(runtime, value, parseSpec(text))
    case 'number':
      return formatFloat(runtime, value, parseSpec(text), 'float')
    default:
      throw raise('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`)
  }
}

function formatText(runtime: Runtime, value: string, spec: Spec): string {
  const { sign, plainZero, alternate, grouping, align, type, precision } = spec
  if (type !== '' && type !== 's') throw unknownType(type, 'str')
  if (sign) throw raise('ValueError', 'Sign not allowed in string format specifier')
  if (plainZero) throw raise('ValueError', 'Negative zero coercion (z) not allowed in string format specifier')
  if (alternate) throw raise('ValueError', 'Alternate form (#) not allowed in string format specifier')
  if (grouping) throw raise('ValueError', `Cannot specify '${grouping}' with 's'.`)
  if (align === '=') throw raise('ValueError', "'=' alignment not allowed in string format specifier")
  return padText(runtime, precision === undefined ? value : part(value, 0, precision), spec, align ?? '<')
}

const radixes: Readonly<Record<string, { radix: number; prefix: string }>> = {
  b: { radix: 2, prefix: '0b' },
  o: { radix: 8, prefix: '0o' },
  x: { radix: 16, prefix: '0x' },
  X: { radix: 16, prefix: '0X' },
}

function formatInt(runtime: Runtime, value: Value, spec: Spec): string {
  const { type, precision, plainZero, alternate, grouping, sign } = spec
  const number = asInt(value)
  if (/^[eEfFgG%]$/.test(type)) return formatFloat(runtime, toFloat(number), spec, typeName(value))
  if (!/^[bcdnoxX]?$/.test(type)) throw unknownType(type, typeName(value))
  if (precision !== undefined) throw raise('ValueError', 'Precision not allowed in integer format specifier')
  if (plainZero) throw raise('ValueError', 'Negative zero coercion (z) not allowed in format specifier with integer')
  if (grouping && (type === 'n' || type === 'c' || (grouping === ',' && type in radixes))) {
    throw raise('ValueError', `Cannot specify '${grouping}' with '${type}'.`)
  }
  if (type === 'c') {
    if (sign) throw raise('ValueError', "Sign not allowed with integer format specifier 'c'")
    if (alternate) throw raise('ValueError', "Alternate form (#) not allowed with integer format specifier 'c'")
    if (number < 0n || number > 0x10ffffn) throw raise('OverflowError', '%c arg not in range(0x110000)')
    const character = characterOf(runtime, number)
    const align = spec.align ?? (spec.zero ? '=' : '>')
    return padText(runtime, character, spec, align === '=' ? '>' : align)
  }
  const size = number < 0n ? -number : number
  const base = radixes[type]
  const digits = base ? size.toString(base.radix) : intText(runtime, size)
  const parts = {
    sign: signText(number < 0n, sign),
    prefix: base && alternate ? base.prefix : '',
    digits: type === 'X' ? digits.toUpperCase() : digits,
    rest: '',
  }
  return padNumber(runtime, parts, spec, base ? 4 : 3)
}

function formatFloat(runtime: Runtime, value: number, spec: Spec, name: string): string {
  const { type, precision, alternate, plainZero } = spec
  if (!/^[eEfFgGn%]?$/.test(type)) throw unknownType(type, name)
  if (type === 'n' && spec.grouping) throw raise('ValueError', `Cannot specify '${spec.grouping}' with 'n'.`)
  runtime.room(precision ?? 0)
  const scaled = type === '%' ? value * 100 : value
  const isBare = type === ''
  const kind = type === '%' ? 'f' : isBare || type === 'n' ? 'g' : (type.toLowerCase() as 'e' | 'f' | 'g')
  const text = floatText(Math.abs(scaled), {
    type: isBare && precision === undefined ? 'r' : kind,
    precision: precision ?? 6,
    alternate,
    fraction: isBare,
  })
  const isNegative = (scaled < 0 || Object.is(scaled, -0)) && !(plainZero && /^[0.]+(e.*)?$/.test(text))
  const [, digits = '', rest = ''] = /^(\d+|inf|nan)(.*)$/.exec(text) ?? []
  const written = /^[EFG]$/.test(type) ? [digits.toUpperCase(), rest.toUpperCase()] : [digits, rest]
  const parts = {
    sign: signText(isNegative, spec.sign),
    prefix: '',
    digits: written[0]!,
    rest: written[1]! + (type === '%' ? '%' : ''),
  }
  return padNumber(runtime, parts, Number.isFinite(value) ? spec : { ...spec, grouping: undefined }, 3)
}

/** The sign of a number, as a specification asks for it. */
function signText(isNegative: boolean, sign: string | undefined): string {
  if (isNegative) return '-'
  return sign === '+' || sign === ' ' ? sign : ''
}

function unknownType(type: string, name: string): Error {
  const about = `for object of type '${name}'`
  return raiseAbout('ValueError', `Unknown format code ${about}`, `Unknown format code '${type}' ${about}`)
}
