import { groupOf } from '../methods/match.ts'
import type { Runtime } from '../runtime.ts'
import { asInt } from '../values/args.ts'
import { isKind, isObject, specialMethod } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { isFlat, lengthOf } from '../values/code-points.ts'
import { getItem, setItem } from '../values/dict.ts'
import { itemsOf } from '../values/iterate.ts'
import { keyOf } from '../values/key.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { rangeOf } from '../values/range.ts'
import { itemIndex, pick, sliceIndices } from '../values/slices.ts'
import {
  type DictValue,
  type IteratorValue,
  type ListValue,
  list,
  type RangeValue,
  tuple,
  type Value,
} from '../values/value.ts'

/** `object[index]` */
export function subscript(runtime: Runtime, object: Value, index: Value): Value {
  if (typeof object === 'string') return textItem(runtime, object, index)
  if (object instanceof Uint8Array) {
    if (!isKind(index, 'slice')) return BigInt(object[itemIndex(index, object.length, 'bytes')]!)
    const indices = sliceIndices(index, object.length)
    runtime.room(indices.length)
    return Uint8Array.from(pick(object, indices))
  }
  if (isObject(object)) {
    switch (object.kind) {
      case 'list':
      case 'tuple': {
        const { items } = object
        if (!isKind(index, 'slice')) return items[itemIndex(index, items.length, object.kind)]!
        const indices = sliceIndices(index, items.length)
        runtime.room(indices.length)
        return object.kind === 'list' ? list(pick(items, indices)) : tuple(pick(items, indices))
      }
      case 'dict':
        return dictItem(runtime, object, index)
      case 'range':
        return rangeItem(object, index)
      case 'match':
        return groupOf(runtime, object, index)
      // Python 2 answered lists where Python 3 has views and iterators.
      case 'view':
        return subscript(runtime, list(itemsOf(runtime, object)), index)
      case 'iterator':
        if (isLegacyList(object)) return subscript(runtime, drawnList(runtime, object), index)
        break
      case 'instance': {
        const method = specialMethod(object, '__getitem__')
        if (method) return runtime.call(method, [index])
      }
    }
  }
  throw raise('TypeError', `'${typeName(object)}' object is not subscriptable`)
}

/** Whether an iterator was a list in Python 2: what `map`, `filter` and `zip` answer. */
export function isLegacyList({ name }: IteratorValue): boolean {
  return name === 'map' || name === 'filter' || name === 'zip'
}

/** The elements of an iterator that is taken for a list. They stay with it. */
export function drawnList(runtime: Runtime, value: IteratorValue): ListValue {
  value.drawn ??= itemsOf(runtime, value)
  return list(value.drawn)
}

function textItem(runtime: Runtime, text: string, index: Value): string {
  const length = lengthOf(text)
  const flat = isFlat(text)
  if (!isKind(index, 'slice')) {
    const at = itemIndex(index, length, 'string')
    return flat ? text.charAt(at) : [...text][at]!
  }
  const indices = sliceIndices(index, length)
  runtime.room(indices.length)
  if (flat && indices.step === 1) return text.slice(indices.start, indices.start + indices.length)
  return pick(flat ? text : [...text], indices).join('')
}

function dictItem(runtime: Runtime, dict: DictValue, index: Value): Value {
  const value = getItem(runtime, dict, index)
  if (value !== undefined) return value
  if (dict.factory === undefined || dict.factory === null)
    throw raiseAbout('KeyError', 'a key that is not there', index)
  const made = runtime.call(dict.factory, [])
  setItem(runtime, dict, index, made)
  return made
}

function rangeItem(range: RangeValue, index: Value): Value {
  if (isKind(index, 'slice')) {
    if (range.length > BigInt(Number.MAX_SAFE_INTEGER)) throw raise('OverflowError', 'range is too long for a slice')
    const { start, stop, step } = sliceIndices(index, Number(range.length))
    const first = range.start + BigInt(start) * range.step
    const stride = BigInt(step) * range.step
    return rangeOf(first, range.start + BigInt(stop) * range.step, stride)
  }
  if (typeof index !== 'bigint' && typeof index !== 'boolean') {
    throw raise('TypeError', `range indices must be integers or slices, not ${typeName(index)}`)
  }
  const counted = asInt(index) < 0n ? asInt(index) + range.length : asInt(index)
  if (counted < 0n || counted >= range.length) throw raise('IndexError', 'range object index out of range')
  return range.start + counted * range.step
}

/** `object[index] = value` */
export function assignSubscript(runtime: Runtime, object: Value, index: Value, value: Value): void {
  if (isKind(object, 'dict')) {
    if (object.variant === 'environ') runtime.unsupported('a change of os.environ')
    setItem(runtime, object, index, value)
    return
  }
  if (!isKind(object, 'list')) throw raise('TypeError', `'${typeName(object)}' object does not support item assignment`)
  if (!isKind(index, 'slice')) {
    object.items[itemIndex(index, object.items.length, 'list assignment')] = value
    return
  }
  const indices = sliceIndices(index, object.items.length)
  const values = itemsOf(runtime, value)
  if (indices.step === 1) {
    runtime.room(object.items.length + values.length)
    replaceItems(object, indices.start, Math.max(indices.start, indices.stop), values)
    return
  }
  if (values.length !== indices.length) {
    throw raise(
      'ValueError',
      `attempt to assign sequence of size ${values.length} to extended slice of size ${indices.length}`,
    )
  }
  for (const [offset, item] of values.entries()) object.items[indices.start + offset * indices.step] = item
}

function replaceItems(target: ListValue, from: number, to: number, values: readonly Value[]): void {
  const after = target.items.slice(to)
  target.items.length = from
  for (const item of values) target.items.push(item)
  for (const item of after) target.items.push(item)
}

/** `del object[index]` */
export function deleteSubscript(runtime: Runtime, object: Value, index: Value): void {
  if (isKind(object, 'dict')) {
    if (object.variant === 'environ') runtime.unsupported('a change of os.environ')
    if (!object.entries.delete(keyOf(runtime, index))) throw raiseAbout('KeyError', 'a key that is not there', index)
    return
  }
  if (!isKind(object, 'list')) throw raise('TypeError', `'${typeName(object)}' object doesn't support item deletion`)
  if (!isKind(index, 'slice')) {
    object.items.splice(itemIndex(index, object.items.length, 'list assignment'), 1)
    return
  }
  const { start, step, length } = sliceIndices(index, object.items.length)
  const gone = new Set(Array.from({ length }, (_, offset) => start + offset * step))
  const kept = object.items.filter((_, position) => !gone.has(position))
  object.items.length = 0
  for (const item of kept) object.items.push(item)
}
