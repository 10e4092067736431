import { applyBinary } from '../evaluate/operate.ts'
import { subscript } from '../evaluate/subscript.ts'
import type { Runtime } from '../runtime.ts'
import { asInt, bound, positionals } from '../values/args.ts'
import { isKind, isObject } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { isOrdered } from '../values/compare.ts'
import { itemsOf, iterate, iteratorOf } from '../values/iterate.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { sortItems } from '../values/sort.ts'
import { truthOf } from '../values/truth.ts'
import { type Args, iterator, list, type Native, type Next, tuple, type Value } from '../values/value.ts'
import { lengthOfValue } from './functions.ts'

/** The built-in functions that go through many values. */
export const iterationFunctions: Readonly<Record<string, Native>> = {
  all(runtime, args) {
    const next = iterate(runtime, positionals('all', args, 1)[0]!)
    for (let item = next(); item !== undefined; item = next()) if (!truthOf(runtime, item)) return false
    return true
  },
  any(runtime, args) {
    const next = iterate(runtime, positionals('any', args, 1)[0]!)
    for (let item = next(); item !== undefined; item = next()) if (truthOf(runtime, item)) return true
    return false
  },
  enumerate(runtime, args) {
    const [source, start] = bound('enumerate', args, ['iterable', 'start'], 1)
    const next = iterate(runtime, source!)
    let index = start === undefined ? 0n : asInt(start)
    return iterator('enumerate', () => {
      const item = next()
      return item === undefined ? undefined : tuple([index++, item])
    })
  },
  filter(runtime, args) {
    const [keep, source] = positionals('filter', args, 2)
    const next = iterate(runtime, source!)
    return iterator('filter', () => {
      for (let item = next(); item !== undefined; item = next()) {
        if (truthOf(runtime, keep === null ? item : runtime.call(keep!, [item]))) return item
      }
      return undefined
    })
  },
  iter(runtime, args) {
    const [source, sentinel] = positionals('iter', args, 1, 2)
    return sentinel === undefined ? iteratorOf(runtime, source!) : runtime.unsupported('iter() with a sentinel')
  },
  map(runtime, args) {
    const [change, ...sources] = positionals('map', args, 2, Number.POSITIVE_INFINITY)
    const nexts = sources.map((source) => iterate(runtime, source))
    return iterator('map', () => {
      const items = drawAll(nexts)
      return items && runtime.call(change!, items)
    })
  },
  max: (runtime, args) => extreme(runtime, 'max', args),
  min: (runtime, args) => extreme(runtime, 'min', args),
  next(_, args) {
    const [source, otherwise] = positionals('next', args, 1, 2)
    if (!isKind(source, 'iterator')) throw raise('TypeError', `'${typeName(source!)}' object is not an iterator`)
    const item = source.next()
    if (item !== undefined) return item
    if (otherwise === undefined) throw raiseAbout('StopIteration', '')
    return otherwise
  },
  reversed(runtime, args) {
    const [source] = positionals('reversed', args, 1)
    if (isKind(source, 'dict') || isKind(source, 'view')) {
      const items = itemsOf(runtime, source)
      return iterator('dict_reversekeyiterator', () => items.pop())
    }
    const isSequence =
      typeof source === 'string' ||
      source instanceof Uint8Array ||
      (isObject(source!) && ['list', 'tuple', 'range'].includes(source.kind))
    if (!isSequence) throw raise('TypeError', `'${typeName(source!)}' object is not reversible`)
    let index = lengthOfValue(runtime, source)
    return iterator('reversed', () => (index > 0n ? subscript(runtime, source, --index) : undefined))
  },
  sorted(runtime, args) {
    // Python 2 took a function that compares as the second argument.
    const [source, compare] = positionals('sorted', { positional: args.positional, named: new Map() }, 1, 2)
    const [key, reverse, cmp] = bound('sorted', { positional: [], named: args.named }, ['key', 'reverse', 'cmp'])
    return list(
      sortItems(runtime, itemsOf(runtime, source!), {
        key: key ?? null,
        compare: compare ?? cmp ?? null,
        reverse: reverse !== undefined && truthOf(runtime, reverse),
      }),
    )
  },
  sum(runtime, args) {
    const [source, start = 0n] = bound('sum', args, ['iterable', 'start'], 1)
    if (typeof start === 'string') throw raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]")
    const next = iterate(runtime, source!)
    let total: Value = start
    for (let item = next(); item !== undefined; item = next()) total = applyBinary(runtime, total, '+', item)
    return total
  },
  zip(runtime, args) {
    const [strict] = bound('zip', { positional: [], named: args.named }, ['strict'])
    if (strict !== undefined && truthOf(runtime, strict)) return runtime.unsupported('zip(strict=True)')
    const nexts = args.positional.map((source) => iterate(runtime, source))
    return iterator('zip', () => {
      const items = nexts.length === 0 ? undefined : drawAll(nexts)
      return items && tuple(items)
    })
  },
}

// One of each, or undefined as soon as one has come to its end.
function drawAll(nexts: readonly Next[]): Value[] | undefined {
  const items: Value[] = []
  for (const next of nexts) {
    const item = next()
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function extreme(runtime: Runtime, name: 'min' | 'max', args: Args): Value {
  const [key = null, otherwise] = bound(name, { positional: [], named: args.named }, ['key', 'default'])
  if (args.positional.length === 0) throw raise('TypeError', `${name} expected at least 1 argument, got 0`)
  if (args.positional.length > 1 && otherwise !== undefined) {
    throw raise('TypeError', `Cannot specify a default for ${name}() with multiple positional arguments`)
  }
  const next = iterate(runtime, args.positional.length > 1 ? list([...args.positional]) : args.positional[0]!)
  const first = next()
  if (first === undefined) {
    if (otherwise !== undefined) return otherwise
    throw raise('ValueError', `${name}() arg is an empty sequence`)
  }
  const keyOf = (item: Value) => (key === null ? item : runtime.call(key, [item]))
  let best = first
  let bestKey = keyOf(first)
  for (let item = next(); item !== undefined; item = next()) {
    const itemKey = keyOf(item)
    if (isOrdered(runtime, itemKey, name === 'min' ? '<' : '>', bestKey)) {
      best = item
      bestKey = itemKey
    }
  }
  return best
}
