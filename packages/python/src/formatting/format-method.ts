import { computedAttribute } from '../evaluate/attribute.ts'
import { subscript } from '../evaluate/subscript.ts'
import type { Runtime } from '../runtime.ts'
import { isKind } from '../values/attributes.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { asciiOf, reprOf, strOf } from '../values/repr.ts'
import type { Args, Value } from '../values/value.ts'
import { formatValue } from './format-value.ts'

interface Numbering {
  next: number
  style: 'automatic' | 'manual' | undefined
}

/** `template.format(*args, **named)`, or `template.format_map(mapping)`. */
export function formatMethod(runtime: Runtime, template: string, args: Args, mapping?: Value): string {
  return fill(runtime, template, args, mapping, { next: 0, style: undefined }, 2)
}

function fill(
  runtime: Runtime,
  template: string,
  args: Args,
  mapping: Value | undefined,
  numbering: Numbering,
  depth: number,
): string {
  if (depth === 0) throw raise('ValueError', 'Max string recursion exceeded')
  let text = ''
  for (let at = 0; at < template.length; ) {
    const mark = template[at]!
    if (mark !== '{' && mark !== '}') {
      const next = template.slice(at).search(/[{}]/)
      const stop = next === -1 ? template.length : at + next
      text += template.slice(at, stop)
      at = stop
    } else if (template[at + 1] === mark) {
      text += mark
      at += 2
    } else if (mark === '}') throw raise('ValueError', "Single '}' encountered in format string")
    else {
      const close = endOfField(template, at)
      text += fillField(runtime, template.slice(at + 1, close), args, mapping, numbering, depth)
      at = close + 1
    }
    runtime.fits(text.length)
  }
  runtime.room(text.length)
  return text
}

function endOfField(template: string, open: number): number {
  let depth = 0
  let inIndex = false
  let inName = true
  for (let at = open; at < template.length; at++) {
    const character = template[at]
    if (depth === 1 && inName && character === '[') inIndex = true
    else if (character === ']') inIndex = false
    else if (!inIndex && depth === 1 && (character === ':' || character === '!')) inName = false
    if (inIndex) continue
    if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at
  }
  throw raise(
    'ValueError',
    open === template.length - 1 ? "Single '{' encountered in format string" : "expected '}' before end of string",
  )
}

function fillField(
  runtime: Runtime,
  field: string,
  args: Args,
  mapping: Value | undefined,
  numbering: Numbering,
  depth: number,
): string {
  const [, name = '', tail = ''] = /^((?:\[[^\]]*\]?|[^[:!])*)([\s\S]*)$/.exec(field) ?? []
  if (/[{}]/.test(name.replace(/\[[^\]]*\]/g, ''))) throw raise('ValueError', "unexpected '{' in field name")
  const found = /^(?:!([\s\S]?))?(?::([\s\S]*))?$/.exec(tail)
  if (!found) throw raise('ValueError', "expected ':' after conversion specifier")
  const [, conversion, spec = ''] = found
  const value = convert(runtime, fieldValue(runtime, name, args, mapping, numbering), conversion)
  const filled = spec.includes('{') ? fill(runtime, spec, args, mapping, numbering, depth - 1) : spec
  return formatValue(runtime, value, filled)
}

function convert(runtime: Runtime, value: Value, conversion: string | undefined): Value {
  switch (conversion) {
    case undefined:
      return value
    case 'r':
      return reprOf(runtime, value)
    case 's':
      return strOf(runtime, value)
    case 'a':
      return asciiOf(runtime, value)
    case '':
      throw raise('ValueError', 'end of string while looking for conversion specifier')
    default:
      throw raise('ValueError', 'Unknown conversion specifier')
  }
}

function fieldValue(
  runtime: Runtime,
  name: string,
  args: Args,
  mapping: Value | undefined,
  numbering: Numbering,
): Value {
  const [, first = '', path = ''] = /^([^.[]*)([\s\S]*)$/.exec(name) ?? []
  let value = argument(runtime, first, args, mapping, numbering)
  let left = path
  while (left !== '') {
    const step = /^(?:\.([^.[]*)|\[([^\]]*)\])/.exec(left)
    if (!step) {
      throw raise(
        'ValueError',
        left.startsWith('[')
          ? "Missing ']' in format string"
          : "Only '.' or '[' may follow ']' in format field specifier",
      )
    }
    const [whole, property, index] = step
    if ((property ?? index) === '') throw raise('ValueError', 'Empty attribute in format string')
    value =
      property === undefined
        ? subscript(runtime, value, indexValue(index!))
        : computedAttribute(runtime, value, property)
    left = left.slice(whole.length)
  }
  return value
}

function indexValue(index: string): Value {
  return /^[0-9]+$/.test(index) ? BigInt(index) : index
}

function argument(runtime: Runtime, name: string, args: Args, mapping: Value | undefined, numbering: Numbering): Value {
  if (name !== '' && !/^[0-9]+$/.test(name)) {
    if (mapping !== undefined) return subscript(runtime, mapping, name)
    const value = args.named.get(name)
    if (value === undefined) throw raiseAbout('KeyError', `'${name}'`, name)
    return value
  }
  const style = name === '' ? 'automatic' : 'manual'
  if (numbering.style !== undefined && numbering.style !== style) {
    throw raise('ValueError', 'cannot switch between automatic and manual field numbering')
  }
  numbering.style = style
  if (mapping !== undefined && isKind(mapping, 'dict'))
    throw raise('ValueError', 'Format string contains positional fields')
  const index = name === '' ? numbering.next++ : Number(name)
  const value = args.positional[index]
  if (value === undefined) throw raise('IndexError', 'Replacement index out of range for positional args tuple')
  return value
}
