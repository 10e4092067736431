import type { Runtime } from '../runtime.ts'
import { typeName } from './classes.ts'
import { raise } from './raised.ts'
import type { Key, Value } from './value.ts'

const identities = new WeakMap<object, number>()
let lastIdentity = 0

/** A number that belongs to one object alone. */
export function identityOf(object: object): number {
  let identity = identities.get(object)
  if (identity === undefined) {
    identity = ++lastIdentity
    identities.set(object, identity)
  }
  return identity
}

/** What a dict or a set files a value under: the same for values that Python calls equal. */
export function keyOf(runtime: Runtime, value: Value): Key {
  switch (typeof value) {
    case 'string':
      return `s${value}`
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1n : 0n
    case 'number':
      if (Number.isNaN(value)) return runtime.unsupported('a NaN as a key')
      return Number.isInteger(value) ? BigInt(value) : value
  }
  if (value === null) return 'None'
  if (value instanceof Uint8Array) return `b${Array.from(value, (byte) => String.fromCharCode(byte)).join('')}`
  switch (value.kind) {
    case 'list':
    case 'dict':
    case 'set':
    case 'slice':
      throw raise('TypeError', `unhashable type: '${typeName(value)}'`)
    case 'tuple':
      return runtime.deeper(() =>
        joinKeys(
          runtime,
          't',
          value.items.map((item) => framed(keyOf(runtime, item))),
        ),
      )
    case 'frozenset':
      return joinKeys(runtime, 'f', [...value.entries.keys()].map(framed).sort())
    case 'range':
      return runtime.unsupported('a range as a key')
    default:
      return value
  }
}

function joinKeys(runtime: Runtime, kind: string, keys: readonly string[]): string {
  const key = `${kind}(${keys.join('')})`
  runtime.room(key.length)
  runtime.spend(1)
  return key
}

// The length goes first, so that the keys of two parts can't be mistaken for the keys of two others.
function framed(key: Key): string {
  const text = typeof key === 'object' ? `o${identityOf(key)}` : typeof key === 'string' ? key : `n${key}`
  return `${text.length}:${text}`
}
