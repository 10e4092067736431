import { subscript } from '../evaluate/subscript.ts'
import type { Runtime } from '../runtime.ts'
import { asCount } from '../values/args.ts'
import { isKind, isObject, specialMethod } from '../values/attributes.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { raise } from '../values/raised.ts'
import { list, type Value } from '../values/value.ts'
import { type Directive, writeDirective } from './percent-directive.ts'

const grammar = /^([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([\s\S])?/u

/** `template % values` of str and of bytes. */
export function formatPercent(runtime: Runtime, template: string | Uint8Array, values: Value): string | Uint8Array {
  const isBytes = typeof template !== 'string'
  const text = fill(runtime, isBytes ? fromBytes(template) : template, values, isBytes)
  runtime.room(text.length)
  return isBytes ? toBytes(text) : text
}

function fill(runtime: Runtime, template: string, values: Value, isBytes: boolean): string {
  const source = createSource(runtime, values, isBytes)
  let text = ''
  let at = 0
  for (let mark = template.indexOf('%'); mark !== -1; mark = template.indexOf('%', at)) {
    text += template.slice(at, mark)
    at = mark + 1
    const key = template[at] === '(' ? keyAt(template, at) : undefined
    if (key !== undefined) at += key.length + 2
    const [whole = '', flags = '', width, precision, type] = grammar.exec(template.slice(at)) ?? []
    if (type === undefined) throw raise('ValueError', 'incomplete format')
    at += whole.length
    if (key !== undefined) source.choose(key)
    const wide = width === '*' ? source.number() : Number(width ?? 0)
    const precise =
      precision === '*' ? Math.max(0, source.number()) : precision === undefined ? undefined : Number(precision)
    if (wide > 0x7fffffff || (precise ?? 0) > 0x7fffffff) throw raise('ValueError', 'width too big')
    runtime.room(Math.abs(wide) + (precise ?? 0))
    if (type === '%' && whole === '%') {
      text += '%'
      continue
    }
    const directive: Directive = {
      flags: wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide),
      precision: precise,
      type,
    }
    text += writeDirective(runtime, directive, source.next, isBytes)
    runtime.fits(text.length)
  }
  source.finish()
  return text + template.slice(at)
}

function keyAt(template: string, open: number): string {
  let depth = 0
  for (let at = open; at < template.length; at++) {
    if (template[at] === '(') depth++
    else if (template[at] === ')' && --depth === 0) return template.slice(open + 1, at)
  }
  throw raise('ValueError', 'incomplete format key')
}

// Where the values come from: a tuple in order, a single value once, or a mapping by key.
function createSource(runtime: Runtime, values: Value, isBytes: boolean) {
  let waiting: readonly Value[] = isKind(values, 'tuple') ? values.items : [values]
  let index = 0
  const isMapping = mapsTo(values, isBytes)
  const next = (): Value => {
    const value = waiting[index++]
    if (value === undefined) throw raise('TypeError', 'not enough arguments for format string')
    return value
  }
  return {
    next,
    choose(key: string): void {
      if (!isMapping) throw raise('TypeError', 'format requires a mapping')
      waiting = list([subscript(runtime, values, isBytes ? toBytes(key) : key)]).items
      index = 0
    },
    number(): number {
      const value = next()
      if (typeof value !== 'bigint' && typeof value !== 'boolean') throw raise('TypeError', '* wants int')
      return asCount(value)
    },
    finish(): void {
      if (index < waiting.length && !isMapping) {
        throw raise('TypeError', 'not all arguments converted during string formatting')
      }
    },
  }
}

function mapsTo(values: Value, isBytes: boolean): boolean {
  if (typeof values === 'string') return isBytes
  if (values instanceof Uint8Array) return !isBytes
  if (!isObject(values)) return false
  if (values.kind === 'instance') return specialMethod(values, '__getitem__') !== undefined
  return /^(list|dict|range|match)$/.test(values.kind)
}
