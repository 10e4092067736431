import { notConvertible } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { typeName } from './classes.ts'
import { dictOf } from './dict.ts'
import { list, type Value } from './value.ts'

/** A value in JavaScript's own terms. */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PlainValue[]
  | ReadonlyMap<PlainValue, PlainValue>

/** Lists, tuples and sets as arrays, dicts as maps, an int as a number where that is exact. */
export function toPlain(runtime: Runtime, value: Value): PlainValue {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  }
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Uint8Array) return value.slice()
  return runtime.deeper(() => {
    runtime.spend(1)
    switch (value.kind) {
      case 'list':
      case 'tuple':
        return value.items.map((item) => toPlain(runtime, item))
      case 'set':
      case 'frozenset':
        return Array.from(value.entries.values(), (item) => toPlain(runtime, item))
      case 'dict':
        return new Map(
          Array.from(value.entries.values(), (entry) => [toPlain(runtime, entry.key), toPlain(runtime, entry.value)]),
        )
      default:
        throw notConvertible(`a ${typeName(value)}`)
    }
  })
}

/** The other way: whole numbers become ints. */
export function fromPlain(runtime: Runtime, plain: PlainValue): Value {
  if (typeof plain === 'number') return Number.isInteger(plain) ? BigInt(plain) : plain
  if (typeof plain === 'string') return plain.isWellFormed() ? plain : runtime.unsupported('half of a surrogate pair')
  if (plain === null || typeof plain !== 'object') return plain
  if (plain instanceof Uint8Array) return plain.slice()
  if (Array.isArray(plain)) return list(plain.map((item) => fromPlain(runtime, item)))
  if (plain instanceof Map) {
    return dictOf(
      runtime,
      Array.from(plain, ([key, value]) => [fromPlain(runtime, key), fromPlain(runtime, value)] as const),
    )
  }
  throw notConvertible('this object')
}
