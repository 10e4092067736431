import type { Runtime } from '../runtime.ts'
import { isObject } from './attributes.ts'
import { typeName } from './classes.ts'
import { raise } from './raised.ts'
import { type DictValue, type IteratorValue, iterator, type Next, tuple, type Value } from './value.ts'

/** `iter(value)`: draws one element at a time, and charges for each. */
export function iterate(runtime: Runtime, value: Value): Next {
  const next = rawNext(runtime, value)
  return () => {
    runtime.spend(1)
    return next()
  }
}

/** `iter(value)` as a value. */
export function iteratorOf(runtime: Runtime, value: Value): IteratorValue {
  if (isObject(value) && value.kind === 'iterator') return value
  return iterator(`${typeName(value)}_iterator`, rawNext(runtime, value))
}

/** `list(value)` as an array. */
export function itemsOf(runtime: Runtime, value: Value): Value[] {
  if (isObject(value) && (value.kind === 'list' || value.kind === 'tuple')) {
    runtime.room(value.items.length)
    return [...value.items]
  }
  const next = iterate(runtime, value)
  const items: Value[] = []
  for (let item = next(); item !== undefined; item = next()) {
    items.push(item)
    runtime.fits(items.length)
  }
  return items
}

function rawNext(runtime: Runtime, value: Value): Next {
  if (typeof value === 'string') return fromIterator(value[Symbol.iterator]())
  if (value instanceof Uint8Array) {
    let index = 0
    return () => (index < value.length ? BigInt(value[index++]!) : undefined)
  }
  if (!isObject(value)) throw notIterable(value)
  switch (value.kind) {
    case 'list':
    case 'tuple': {
      let index = 0
      return () => value.items[index++]
    }
    case 'dict':
      return dictNext(value, (key) => key)
    case 'view':
      if (value.of === 'keys') return dictNext(value.dict, (key) => key)
      return dictNext(value.dict, value.of === 'values' ? (_, item) => item : (key, item) => tuple([key, item]))
    case 'set':
    case 'frozenset': {
      const size = value.entries.size
      const next = fromIterator(value.entries.values())
      return () => {
        if (value.entries.size !== size) throw raise('RuntimeError', 'Set changed size during iteration')
        return next()
      }
    }
    case 'range': {
      let index = 0n
      return () => (index < value.length ? value.start + value.step * index++ : undefined)
    }
    case 'iterator':
      return value.drawn ? rawNext(runtime, { kind: 'list', items: value.drawn }) : value.next
    case 'instance': {
      const lines = value.attributes.get('__iter__')
      if (lines !== undefined) return rawNext(runtime, runtime.call(lines, []))
      throw notIterable(value)
    }
    default:
      throw notIterable(value)
  }
}

function dictNext(dict: DictValue, pick: (key: Value, value: Value) => Value): Next {
  const size = dict.entries.size
  const next = fromIterator(dict.entries.values())
  return () => {
    if (dict.entries.size !== size) throw raise('RuntimeError', 'dictionary changed size during iteration')
    const entry = next()
    return entry && pick(entry.key, entry.value)
  }
}

function fromIterator<T>(source: Iterator<T>): () => T | undefined {
  let done = false
  return () => {
    if (done) return undefined
    const step = source.next()
    done = step.done ?? false
    return done ? undefined : step.value
  }
}

function notIterable(value: Value): Error {
  return raise('TypeError', `'${typeName(value)}' object is not iterable`)
}
