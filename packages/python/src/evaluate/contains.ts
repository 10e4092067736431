import type { Runtime } from '../runtime.ts'
import { isKind, specialMethod } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { same } from '../values/compare.ts'
import { iterate } from '../values/iterate.ts'
import { keyOf } from '../values/key.ts'
import { legacyText } from '../values/legacy-text.ts'
import { raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import type { Key, Value } from '../values/value.ts'

/** `item in container` */
export function contains(runtime: Runtime, container: Value, item: Value): boolean {
  if (typeof container === 'string') {
    const part = item instanceof Uint8Array ? legacyText(item) : item
    if (typeof part === 'string') {
      runtime.spend(container.length >> 4)
      return container.includes(part)
    }
    throw raise('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`)
  }
  if (container instanceof Uint8Array) return bytesContain(runtime, container, item)
  if (isKind(container, 'dict')) return container.entries.has(keyOf(runtime, item))
  if (isKind(container, 'set') || isKind(container, 'frozenset'))
    return container.entries.has(elementKey(runtime, item))
  if (isKind(container, 'view') && container.of === 'keys') return container.dict.entries.has(keyOf(runtime, item))
  if (isKind(container, 'range') && (typeof item === 'bigint' || typeof item === 'boolean')) {
    const offset = BigInt(item) - container.start
    return offset % container.step === 0n && offset / container.step >= 0n && offset / container.step < container.length
  }
  const method = specialMethod(container, '__contains__')
  if (method) return truthOf(runtime, runtime.call(method, [item]))
  const next = iterate(runtime, container)
  for (let element = next(); element !== undefined; element = next()) if (same(runtime, element, item)) return true
  return false
}

// Python looks a set up as if it were frozen.
function elementKey(runtime: Runtime, item: Value): Key {
  return keyOf(runtime, isKind(item, 'set') ? { kind: 'frozenset', entries: item.entries } : item)
}

function bytesContain(runtime: Runtime, container: Uint8Array, item: Value): boolean {
  if (typeof item === 'string') return legacyText(container).includes(item)
  if (typeof item === 'bigint' || typeof item === 'boolean') {
    if (BigInt(item) < 0n || BigInt(item) > 255n) throw raise('ValueError', 'byte must be in range(0, 256)')
    return container.includes(Number(item))
  }
  if (!(item instanceof Uint8Array)) {
    throw raise('TypeError', `a bytes-like object is required, not '${typeName(item)}'`)
  }
  runtime.spend(Math.floor((container.length * Math.max(1, item.length)) / 256))
  for (let at = 0; at + item.length <= container.length; at++) {
    if (item.every((byte, index) => container[at + index] === byte)) return true
  }
  return false
}
