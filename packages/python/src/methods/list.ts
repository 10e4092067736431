import type { Runtime } from '../runtime.ts'
import { asInt, bound, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { same } from '../values/compare.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import { itemIndex } from '../values/slices.ts'
import { sortItems } from '../values/sort.ts'
import { truthOf } from '../values/truth.ts'
import { type ListValue, list, type TupleValue, type Value } from '../values/value.ts'
import { searchBounds } from './bounds.ts'
import { addMethods, type Method } from './table.ts'

/** Puts the methods of list and tuple on their types. */
export function addListMethods(): void {
  addMethods('list', (value): value is ListValue => isKind(value, 'list'), { ...searches, ...changes })
  addMethods('tuple', (value): value is TupleValue => isKind(value, 'tuple'), searches)
}

const searches: Readonly<Record<string, Method<ListValue | TupleValue>>> = {
  count(runtime, self, args) {
    const [wanted] = positionals('count', args, 1)
    return BigInt(self.items.filter((item) => same(runtime, item, wanted!)).length)
  },
  index(runtime, self, args) {
    const [wanted, from, to] = positionals('index', args, 1, 3)
    const { start, stop } = searchBounds(from, to, self.items.length)
    for (let at = start; at < stop && at < self.items.length; at++) {
      if (same(runtime, self.items[at]!, wanted!)) return BigInt(at)
    }
    throw raise('ValueError', `the value is not in the ${self.kind}`)
  },
}

const changes: Readonly<Record<string, Method<ListValue>>> = {
  append(runtime, self, args) {
    self.items.push(positionals('append', args, 1)[0]!)
    runtime.fits(self.items.length)
    return null
  },
  clear(_, self, args) {
    positionals('clear', args, 0)
    self.items.length = 0
    return null
  },
  copy(runtime, self, args) {
    positionals('copy', args, 0)
    return list(itemsOf(runtime, self))
  },
  extend(runtime, self, args) {
    extendList(runtime, self, positionals('extend', args, 1)[0]!)
    return null
  },
  insert(runtime, self, args) {
    const [index, item] = positionals('insert', args, 2)
    const { start } = searchBounds(asInt(index), undefined, self.items.length)
    self.items.splice(start, 0, item!)
    runtime.fits(self.items.length)
    runtime.spend(self.items.length >> 4)
    return null
  },
  pop(runtime, self, args) {
    const [index = -1n] = positionals('pop', args, 0, 1)
    if (self.items.length === 0) throw raise('IndexError', 'pop from empty list')
    runtime.spend(self.items.length >> 6)
    const [gone] = self.items.splice(itemIndex(asInt(index), self.items.length, 'pop'), 1)
    return gone!
  },
  remove(runtime, self, args) {
    const [wanted] = positionals('remove', args, 1)
    const at = self.items.findIndex((item) => same(runtime, item, wanted!))
    if (at === -1) throw raise('ValueError', 'list.remove(x): x not in list')
    self.items.splice(at, 1)
    return null
  },
  reverse(runtime, self, args) {
    positionals('reverse', args, 0)
    runtime.spend(self.items.length >> 4)
    self.items.reverse()
    return null
  },
  sort(runtime, self, args) {
    if (args.positional.length > 1) throw raise('TypeError', 'sort() takes no positional arguments')
    // Python 2 took a function that compares as the only argument.
    const [compare] = args.positional
    const [key, reverse, cmp] = bound('sort', { positional: [], named: args.named }, ['key', 'reverse', 'cmp'])
    const sorted = sortItems(runtime, [...self.items], {
      key: key ?? null,
      compare: compare ?? cmp ?? null,
      reverse: reverse !== undefined && truthOf(runtime, reverse),
    })
    self.items.length = 0
    for (const item of sorted) self.items.push(item)
    return null
  },
}

/** `list += items` */
export function extendList(runtime: Runtime, self: ListValue, items: Value): void {
  for (const item of itemsOf(runtime, items)) self.items.push(item)
  runtime.fits(self.items.length)
}
