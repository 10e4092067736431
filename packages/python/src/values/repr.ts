import type { Runtime } from '../runtime.ts'
import { specialMethod } from './attributes.ts'
import { typeName } from './classes.ts'
import { reprFloat } from './float-digits.ts'
import { identityOf } from './key.ts'
import { derives, exceptionClass, isException, raise } from './raised.ts'
import { isPrintable } from './unicode.ts'
import type { InstanceValue, ObjectValue, Value } from './value.ts'

/** `repr(value)` */
export function reprOf(runtime: Runtime, value: Value): string {
  const text = writeRepr(runtime, value, [])
  runtime.room(text.length)
  return text
}

/** `str(value)` */
export function strOf(runtime: Runtime, value: Value): string {
  if (typeof value === 'string') return value
  if (value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'instance') {
    const str = specialMethod(value, '__str__') ?? specialMethod(value, '__repr__')
    if (str) return textFrom(runtime, str, '__str__')
    if (isException(value.type)) return messageOf(runtime, value)
  }
  return reprOf(runtime, value)
}

/** `ascii(value)` */
export function asciiOf(runtime: Runtime, value: Value): string {
  return reprOf(runtime, value).replace(/[^\x00-\x7f]/gu, (character) => escapeCharacter(character))
}

/** `str(exception)` */
export function messageOf(runtime: Runtime, exception: InstanceValue): string {
  const args = exception.attributes.get('args')
  const items = args !== null && typeof args === 'object' && 'items' in args ? args.items : []
  const [first, ...more] = items
  if (first === undefined) return ''
  if (more.length > 0) {
    if (derives(exception.type, exceptionClass('OSError')) && more.length < 3) {
      const [reason, file] = more
      const about = file === undefined ? '' : `: ${reprOf(runtime, file)}`
      return `[Errno ${strOf(runtime, first)}] ${strOf(runtime, reason!)}${about}`
    }
    return reprOf(runtime, { kind: 'tuple', items })
  }
  return derives(exception.type, exceptionClass('KeyError')) ? reprOf(runtime, first) : strOf(runtime, first)
}

function writeRepr(runtime: Runtime, value: Value, around: readonly ObjectValue[]): string {
  runtime.spend(1)
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'bigint':
      return intText(runtime, value)
    case 'number':
      return reprFloat(value)
    case 'boolean':
      return value ? 'True' : 'False'
  }
  if (value === null) return 'None'
  if (value instanceof Uint8Array) return quoteBytes(value)
  return runtime.deeper(() => writeObject(runtime, value, around))
}

function writeObject(runtime: Runtime, value: ObjectValue, around: readonly ObjectValue[]): string {
  const within = [...around, value]
  const each = (items: Iterable<Value>) => Array.from(items, (item) => writeRepr(runtime, item, within)).join(', ')
  const again = around.includes(value)
  switch (value.kind) {
    case 'list':
      return again ? '[...]' : `[${each(value.items)}]`
    case 'tuple': {
      if (again) return '(...)'
      const texts = each(value.items)
      return value.items.length === 1 ? `(${texts},)` : `(${texts})`
    }
    case 'set':
    case 'frozenset': {
      if (again) return `${value.kind}(...)`
      if (value.entries.size === 0) return `${value.kind}()`
      const texts = `{${each(value.entries.values())}}`
      return value.kind === 'set' ? texts : `frozenset(${texts})`
    }
    case 'dict': {
      if (again) return '{...}'
      const texts = Array.from(value.entries.values(), (entry) => {
        return `${writeRepr(runtime, entry.key, within)}: ${writeRepr(runtime, entry.value, within)}`
      }).join(', ')
      if (value.variant === 'OrderedDict') {
        const pairs = Array.from(
          value.entries.values(),
          ({ key, value: item }): Value => ({
            kind: 'tuple',
            items: [key, item],
          }),
        )
        return `OrderedDict(${pairs.length === 0 ? '' : `[${each(pairs)}]`})`
      }
      if (value.variant === 'environ') return `environ({${texts}})`
      return value.variant === 'defaultdict'
        ? `defaultdict(${writeRepr(runtime, value.factory ?? null, within)}, {${texts}})`
        : `{${texts}}`
    }
    case 'view': {
      const items = Array.from(value.dict.entries.values(), ({ key, value: item }): Value => {
        return value.of === 'keys' ? key : value.of === 'values' ? item : { kind: 'tuple', items: [key, item] }
      })
      return `dict_${value.of}([${each(items)}])`
    }
    case 'range':
      return `range(${value.start}, ${value.stop}${value.step === 1n ? '' : `, ${value.step}`})`
    case 'slice':
      return `slice(${each([value.start, value.stop, value.step])})`
    case 'ellipsis':
      return 'Ellipsis'
    case 'class':
      return `<class '${value.name}'>`
    case 'module':
      return `<module '${value.name}'>`
    case 'builtin':
      return `<built-in function ${value.name}>`
    case 'function':
      return `<function ${value.name} at ${address(value)}>`
    case 'pattern':
      return `re.compile(${writeRepr(runtime, value.source, within)}${flagsText(value.program.flagNames)})`
    case 'match': {
      const [start = 0, stop = 0] = value.spans
      const points = value.subject.points.slice(start, stop)
      const found = points instanceof Uint8Array ? points : String.fromCodePoint(...points)
      return `<re.Match object; span=(${start}, ${stop}), match=${writeRepr(runtime, found, within)}>`
    }
    case 'instance': {
      const repr = specialMethod(value, '__repr__')
      if (repr) return textFrom(runtime, repr, '__repr__')
      if (!isException(value.type)) return `<${value.type.name} object at ${address(value)}>`
      const args = value.attributes.get('args')
      const items = args !== null && typeof args === 'object' && 'items' in args ? args.items : []
      return `${value.type.name}(${each(items)})`
    }
    default:
      return `<${typeName(value)} object at ${address(value)}>`
  }
}

function textFrom(runtime: Runtime, method: Value, name: string): string {
  const text = runtime.call(method, [])
  if (typeof text !== 'string') throw raise('TypeError', `${name} returned non-string (type ${typeName(text)})`)
  return text
}

function address(value: object): string {
  return `0x${identityOf(value).toString(16).padStart(12, '0')}`
}

function flagsText(names: readonly string[]): string {
  return names.length === 0 ? '' : `, ${names.map((name) => `re.${name}`).join('|')}`
}

// CPython's own bound: sys.set_int_max_str_digits.
const mostDigits = 4300

/** An int in decimal. */
export function intText(runtime: Runtime, value: bigint): string {
  // A hexadecimal digit is a little more than 1.2 decimal ones; texts near the bound are counted digit by digit.
  const isHuge = value.toString(16).length * 1.2 > mostDigits + 10
  const text = isHuge ? '' : value.toString()
  if (isHuge || text.replace('-', '').length > mostDigits) {
    throw raise('ValueError', `Exceeds the limit (${mostDigits} digits) for integer string conversion`)
  }
  runtime.spend(text.length >> 4)
  return text
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** `repr(text)` */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  let quoted = mark
  for (const character of text) {
    if (character === mark) quoted += `\\${mark}`
    else if (named[character] !== undefined) quoted += named[character]
    else quoted += isPrintable(character) ? character : escapeCharacter(character)
  }
  return quoted + mark
}

function escapeCharacter(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const hex = point.toString(16)
  if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** `repr(bytes)` */
export function quoteBytes(bytes: Uint8Array): string {
  const mark = bytes.includes(0x27) && !bytes.includes(0x22) ? '"' : "'"
  let quoted = `b${mark}`
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (character === mark) quoted += `\\${mark}`
    else if (named[character] !== undefined) quoted += named[character]
    else quoted += byte < 0x20 || byte > 0x7e ? `\\x${byte.toString(16).padStart(2, '0')}` : character
  }
  return quoted + mark
}
