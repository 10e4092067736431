import { formatPercent } from '../formatting/percent.ts'
import type { BinaryOperator, CompareOperator, UnaryOperator } from '../parse/ast.ts'
import type { Runtime } from '../runtime.ts'
import { asCount } from '../values/args.ts'
import { isKind, isObject } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { asSet, equals, isNumber, isOrdered, plain } from '../values/compare.ts'
import { dictOf, pairsOf, setItem } from '../values/dict.ts'
import { legacyText } from '../values/legacy-text.ts'
import { raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import { list, type SetValue, tuple, type Value } from '../values/value.ts'
import { contains } from './contains.ts'
import { isSame } from './identity.ts'
import { calculate } from './numbers.ts'

/** `-value`, `+value`, `~value`, `not value` */
export function applyUnary(runtime: Runtime, operator: UnaryOperator, value: Value): Value {
  if (operator === 'not') return !truthOf(runtime, value)
  if (isNumber(value)) {
    const number = plain(value)
    if (operator === '+') return number
    if (operator === '-') return -number
    if (typeof number === 'bigint') return ~number
  }
  throw raise('TypeError', `bad operand type for unary ${operator}: '${typeName(value)}'`)
}

/** `a operator b`; `legacy` is for Python 2, whose ints divide to ints. */
export function applyBinary(runtime: Runtime, a: Value, operator: BinaryOperator, b: Value, legacy = false): Value {
  if (isNumber(a) && isNumber(b)) {
    if (typeof a === 'boolean' && typeof b === 'boolean' && '&|^'.includes(operator)) {
      return operator === '&' ? a && b : operator === '|' ? a || b : a !== b
    }
    const result = calculate(runtime, plain(a), operator, plain(b), legacy)
    if (result !== undefined) return result
  }
  const result = applyToContainers(runtime, a, operator, b)
  if (result !== undefined) return result
  throw raise('TypeError', `unsupported operand type(s) for ${operator}: '${typeName(a)}' and '${typeName(b)}'`)
}

function applyToContainers(runtime: Runtime, a: Value, operator: BinaryOperator, b: Value): Value | undefined {
  switch (operator) {
    case '+':
      return concatenate(runtime, a, b)
    case '*':
      return repeat(runtime, a, b) ?? repeat(runtime, b, a)
    case '%':
      return typeof a === 'string' || a instanceof Uint8Array ? formatPercent(runtime, a, b) : undefined
    case '|':
      if (isKind(a, 'dict') && isKind(b, 'dict')) {
        const merged = dictOf(runtime, pairsOf(runtime, a))
        for (const [key, value] of pairsOf(runtime, b)) setItem(runtime, merged, key, value)
        return merged
      }
      return combine(runtime, a, operator, b)
    case '&':
    case '-':
    case '^':
      return combine(runtime, a, operator, b)
    default:
      return undefined
  }
}

function concatenate(runtime: Runtime, a: Value, b: Value): Value | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    runtime.room(a.length + b.length)
    return a + b
  }
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    runtime.room(a.length + b.length)
    const joined = new Uint8Array(a.length + b.length)
    joined.set(a)
    joined.set(b, a.length)
    return joined
  }
  if (isKind(a, 'list') && isKind(b, 'list')) {
    runtime.room(a.items.length + b.items.length)
    return list([...a.items, ...b.items])
  }
  if (isKind(a, 'tuple') && isKind(b, 'tuple')) {
    runtime.room(a.items.length + b.items.length)
    return tuple([...a.items, ...b.items])
  }
  // To Python 2 a program's output was a str like any other.
  if (typeof a === 'string' && b instanceof Uint8Array) return concatenate(runtime, a, legacyText(b))
  if (a instanceof Uint8Array && typeof b === 'string') return concatenate(runtime, legacyText(a), b)
  return undefined
}

function repeat(runtime: Runtime, value: Value, times: Value): Value | undefined {
  if (typeof times !== 'bigint' && typeof times !== 'boolean') return undefined
  const isSequence =
    typeof value === 'string' || value instanceof Uint8Array || isKind(value, 'list') || isKind(value, 'tuple')
  if (!isSequence) return undefined
  const count = Math.max(0, asCount(times))
  const size = typeof value === 'string' || value instanceof Uint8Array ? value.length : value.items.length
  runtime.room(size * count)
  if (typeof value === 'string') return size === 0 ? '' : value.repeat(count)
  if (value instanceof Uint8Array) return Uint8Array.from({ length: size * count }, (_, index) => value[index % size]!)
  const items = Array.from({ length: size * count }, (_, index) => value.items[index % size]!)
  return value.kind === 'list' ? list(items) : tuple(items)
}

function combine(runtime: Runtime, a: Value, operator: '|' | '&' | '-' | '^', b: Value): SetValue | undefined {
  const left = asSet(runtime, a)
  const right = asSet(runtime, b)
  if (!left || !right) return undefined
  return { kind: isKind(a, 'frozenset') ? 'frozenset' : 'set', entries: combineSets(runtime, left, operator, right) }
}

/** The elements of `a | b`, `a & b`, `a - b`, `a ^ b`. */
export function combineSets(
  runtime: Runtime,
  left: SetValue['entries'],
  operator: '|' | '&' | '-' | '^',
  right: SetValue['entries'],
): SetValue['entries'] {
  runtime.room(left.size + right.size)
  switch (operator) {
    case '|':
      return new Map([...left, ...[...right].filter(([key]) => !left.has(key))])
    case '&': {
      // Of two equal elements CPython keeps the one from the smaller set.
      const [kept, other] = right.size > left.size ? [left, right] : [right, left]
      return new Map([...kept].filter(([key]) => other.has(key)))
    }
    case '-':
      return new Map([...left].filter(([key]) => !right.has(key)))
    case '^':
      return new Map([...left].filter(([key]) => !right.has(key)).concat([...right].filter(([key]) => !left.has(key))))
  }
}

/** `a operator b` of comparisons, membership and identity. */
export function applyCompare(runtime: Runtime, a: Value, operator: CompareOperator, b: Value): boolean {
  switch (operator) {
    case '==':
      return equals(runtime, a, b)
    case '!=':
      return !equals(runtime, a, b)
    case 'in':
      return contains(runtime, b, a)
    case 'not in':
      return !contains(runtime, b, a)
    case 'is':
      return isSame(runtime, a, b)
    case 'is not':
      return !isSame(runtime, a, b)
    default:
      return isOrdered(runtime, a, operator, b)
  }
}

/** `a operator= b` where it alters `a` itself; undefined where it makes a new value. */
export function applyInPlace(runtime: Runtime, a: Value, operator: BinaryOperator, b: Value): Value | undefined {
  if (!isObject(a)) return undefined
  if (a.kind === 'set' && '|&-^'.includes(operator)) {
    const right = asSet(runtime, b)
    if (!right) return undefined
    const entries = combineSets(runtime, a.entries, operator as '|' | '&' | '-' | '^', right)
    a.entries.clear()
    for (const [key, value] of entries) a.entries.set(key, value)
    return a
  }
  if (a.kind === 'dict' && operator === '|') {
    for (const [key, value] of pairsOf(runtime, b)) setItem(runtime, a, key, value)
    return a
  }
  return undefined
}
