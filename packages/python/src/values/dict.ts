import type { Runtime } from '../runtime.ts'
import { isKind } from './attributes.ts'
import { typeName } from './classes.ts'
import { itemsOf } from './iterate.ts'
import { keyOf } from './key.ts'
import { raise } from './raised.ts'
import type { DictValue, SetValue, Value } from './value.ts'

/** A dict of these pairs, the last of equal keys winning. */
export function dictOf(runtime: Runtime, pairs: Iterable<readonly [Value, Value]>): DictValue {
  const dict: DictValue = { kind: 'dict', entries: new Map() }
  for (const [key, value] of pairs) setItem(runtime, dict, key, value)
  return dict
}

/** `dict[key] = value` */
export function setItem(runtime: Runtime, dict: DictValue, key: Value, value: Value): void {
  const filed = keyOf(runtime, key)
  const entry = dict.entries.get(filed)
  if (entry) entry.value = value
  else dict.entries.set(filed, { key, value })
  runtime.fits(dict.entries.size)
}

/** `dict.get(key)`, undefined for what is not there. */
export function getItem(runtime: Runtime, dict: DictValue, key: Value): Value | undefined {
  const value = dict.entries.get(keyOf(runtime, key))?.value
  if (value !== undefined && dict.variant === 'environ') runtime.mayHoldSecret()
  return value
}

/** What `dict(source)` and `dict.update(source)` take: a mapping, or pairs. */
export function pairsOf(runtime: Runtime, source: Value): [Value, Value][] {
  if (isKind(source, 'dict')) {
    if (source.variant === 'environ') runtime.mayHoldSecret()
    return [...source.entries.values()].map(({ key, value }) => [key, value])
  }
  return itemsOf(runtime, source).map((pair) => {
    const [key, value, ...more] = itemsOf(runtime, pair)
    if (key === undefined || value === undefined || more.length > 0) {
      throw raise('ValueError', `dictionary update sequence element is a ${typeName(pair)} of another length than 2`)
    }
    return [key, value]
  })
}

/** A set of these elements. */
export function setOf(runtime: Runtime, kind: SetValue['kind'], items: Iterable<Value>): SetValue {
  const entries: SetValue['entries'] = new Map()
  for (const item of items) addItem(runtime, entries, item)
  return { kind, entries }
}

/** `set.add(item)`: an equal element that is there already stays. */
export function addItem(runtime: Runtime, entries: SetValue['entries'], item: Value): void {
  const key = keyOf(runtime, item)
  if (!entries.has(key)) entries.set(key, item)
  runtime.fits(entries.size)
}
