import type { Runtime } from '../runtime.ts'
import { isNumber, isOrdered, plain } from './compare.ts'
import { raise } from './raised.ts'
import type { Value } from './value.ts'

/** How to sort. */
export interface SortOrder {
  /** Makes what is compared out of an item; None for the item itself. */
  readonly key: Value
  /** Python 2's function of two items that answers a number below, at or above zero; None for the usual order. */
  readonly compare: Value
  readonly reverse: boolean
}

/** `sorted(items, key=…, reverse=…)`: equal items keep their order. */
export function sortItems(runtime: Runtime, items: Value[], { key, compare, reverse }: SortOrder): Value[] {
  runtime.room(items.length)
  const keyed = items.map((item) => ({ item, key: key === null ? item : runtime.call(key, [item]) }))
  // Reversed before and after, so that equal items stay in order when the whole is turned around.
  if (reverse) keyed.reverse()
  keyed.sort((a, b) => {
    if (compare !== null) return signOf(runtime.call(compare, [a.key, b.key]))
    return isOrdered(runtime, b.key, '<', a.key) ? 1 : isOrdered(runtime, a.key, '<', b.key) ? -1 : 0
  })
  if (reverse) keyed.reverse()
  return keyed.map(({ item }) => item)
}

/** What a function that compares answered, as a sign. */
export function signOf(answer: Value): number {
  if (!isNumber(answer)) throw raise('TypeError', 'a comparison must answer a number')
  const number = plain(answer)
  return number < 0 ? -1 : number > 0 ? 1 : 0
}
