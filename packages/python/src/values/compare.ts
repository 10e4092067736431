import type { Runtime } from '../runtime.ts'
import { isKind, isObject } from './attributes.ts'
import { typeName } from './classes.ts'
import { compareTexts } from './code-points.ts'
import { keyOf } from './key.ts'
import { raise } from './raised.ts'
import type { Key, SetValue, Value, ViewValue } from './value.ts'

/** The comparisons that order. */
export type Ordering = '<' | '<=' | '>' | '>='

/** Whether a value is a number, a bool included. */
export function isNumber(value: Value): value is bigint | number | boolean {
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
}

/** `a == b` */
export function equals(runtime: Runtime, a: Value, b: Value): boolean {
  if (a === b) return !Number.isNaN(a)
  runtime.spend(1)
  if (isNumber(a)) return isNumber(b) && sameNumber(plain(a), plain(b))
  if (!isContainer(a) || !isContainer(b)) return false
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareItems(a, b, (x, y) => x - y) === 0
  if (b instanceof Uint8Array) return false
  return runtime.deeper(() => equalObjects(runtime, a, b))
}

/** `a is b or a == b`, by which `in` and containers find their elements. */
export function same(runtime: Runtime, a: Value, b: Value): boolean {
  return a === b || equals(runtime, a, b)
}

function equalObjects(runtime: Runtime, a: Exclude<Container, Uint8Array>, b: Exclude<Container, Uint8Array>): boolean {
  if ((isKind(a, 'list') && isKind(b, 'list')) || (isKind(a, 'tuple') && isKind(b, 'tuple'))) {
    return a.items.length === b.items.length && a.items.every((item, index) => same(runtime, item, b.items[index]!))
  }
  if (isKind(a, 'dict') && isKind(b, 'dict')) {
    if (a.entries.size !== b.entries.size) return false
    if (a.variant === 'OrderedDict' && b.variant === 'OrderedDict' && !sameOrder(a.entries, b.entries)) return false
    for (const [key, entry] of a.entries) {
      const other = b.entries.get(key)
      if (!other || !same(runtime, entry.value, other.value)) return false
    }
    return true
  }
  const left = asSet(runtime, a)
  const right = asSet(runtime, b)
  if (left && right) return left.size === right.size && isSubset(left, right)
  if (isKind(a, 'range') && isKind(b, 'range')) {
    if (a.length !== b.length) return false
    return a.length === 0n || (a.start === b.start && (a.length === 1n || a.step === b.step))
  }
  if (isKind(a, 'slice') && isKind(b, 'slice')) {
    return same(runtime, a.start, b.start) && same(runtime, a.stop, b.stop) && same(runtime, a.step, b.step)
  }
  if (isKind(a, 'method') && isKind(b, 'method')) return a.self === b.self && a.target === b.target
  return false
}

function sameOrder(a: ReadonlyMap<Key, unknown>, b: ReadonlyMap<Key, unknown>): boolean {
  const others = b.keys()
  return Array.from(a.keys()).every((key) => key === others.next().value)
}

/** `a < b` and the like. */
export function isOrdered(runtime: Runtime, a: Value, operator: Ordering, b: Value): boolean {
  runtime.spend(1)
  if (isNumber(a) && isNumber(b)) return orderNumbers(plain(a), operator, plain(b))
  if (typeof a === 'string' && typeof b === 'string') return satisfies(compareTexts(a, b), operator)
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return satisfies(
      compareItems(a, b, (x, y) => x - y),
      operator,
    )
  }
  if ((isKind(a, 'list') && isKind(b, 'list')) || (isKind(a, 'tuple') && isKind(b, 'tuple'))) {
    return runtime.deeper(() => {
      const shorter = Math.min(a.items.length, b.items.length)
      for (let index = 0; index < shorter; index++) {
        const [left, right] = [a.items[index]!, b.items[index]!]
        if (!same(runtime, left, right)) return isOrdered(runtime, left, operator, right)
      }
      return satisfies(a.items.length - b.items.length, operator)
    })
  }
  const left = asSet(runtime, a)
  const right = asSet(runtime, b)
  if (left && right) {
    const [small, big] = operator === '<' || operator === '<=' ? [left, right] : [right, left]
    return isSubset(small, big) && (operator === '<=' || operator === '>=' || small.size < big.size)
  }
  throw raise('TypeError', `'${operator}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`)
}

/** A number without bool: True is 1. */
export function plain(value: bigint | number | boolean): bigint | number {
  return typeof value === 'boolean' ? BigInt(value) : value
}

function sameNumber(a: bigint | number, b: bigint | number): boolean {
  return a <= b && a >= b
}

// JavaScript compares a bigint with a number exactly, as Python does.
function orderNumbers(a: bigint | number, operator: Ordering, b: bigint | number): boolean {
  switch (operator) {
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

function satisfies(difference: number, operator: Ordering): boolean {
  return orderNumbers(difference, operator, 0)
}

function compareItems<T>(a: ArrayLike<T>, b: ArrayLike<T>, compare: (x: T, y: T) => number): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const difference = compare(a[index]!, b[index]!)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

type Container = Exclude<Value, null | boolean | bigint | number | string>

function isContainer(value: Value): value is Container {
  return typeof value === 'object' && value !== null
}

/** The elements of what compares like a set: sets, `d.keys()`, `d.items()`. */
export function asSet(runtime: Runtime, value: Value): SetValue['entries'] | undefined {
  if (!isObject(value)) return undefined
  if (value.kind === 'set' || value.kind === 'frozenset') return value.entries
  return value.kind === 'view' && value.of !== 'values' ? viewSet(runtime, value) : undefined
}

function viewSet(runtime: Runtime, { of, dict }: ViewValue): SetValue['entries'] {
  runtime.room(dict.entries.size)
  if (of === 'keys') return new Map([...dict.entries].map(([key, entry]) => [key, entry.key]))
  const pairs = [...dict.entries.values()].map((entry): Value => ({ kind: 'tuple', items: [entry.key, entry.value] }))
  return new Map(pairs.map((pair) => [keyOf(runtime, pair), pair]))
}

function isSubset(small: SetValue['entries'], big: SetValue['entries']): boolean {
  if (small.size > big.size) return false
  for (const key of small.keys()) if (!big.has(key)) return false
  return true
}
