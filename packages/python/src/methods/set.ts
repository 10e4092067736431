import { combineSets } from '../evaluate/operate.ts'
import type { Runtime } from '../runtime.ts'
import { positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { asSet } from '../values/compare.ts'
import { addItem, setOf } from '../values/dict.ts'
import { itemsOf } from '../values/iterate.ts'
import { keyOf } from '../values/key.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import type { Args, SetValue, Value } from '../values/value.ts'
import { addMethods, type Method } from './table.ts'

/** Puts the methods of set and frozenset on their types. */
export function addSetMethods(): void {
  const isSet = (value: Value): value is SetValue => isKind(value, 'set') || isKind(value, 'frozenset')
  addMethods('frozenset', isSet, readings)
  addMethods('set', isSet, { ...readings, ...changes })
}

const readings: Readonly<Record<string, Method<SetValue>>> = {
  copy(runtime, self, args) {
    positionals('copy', args, 0)
    runtime.room(self.entries.size)
    return { kind: self.kind, entries: new Map(self.entries) }
  },
  union: (runtime, self, args) => ({ kind: self.kind, entries: combineAll(runtime, self, '|', args) }),
  intersection: (runtime, self, args) => ({ kind: self.kind, entries: combineAll(runtime, self, '&', args) }),
  difference: (runtime, self, args) => ({ kind: self.kind, entries: combineAll(runtime, self, '-', args) }),
  symmetric_difference(runtime, self, args) {
    positionals('symmetric_difference', args, 1)
    return { kind: self.kind, entries: combineAll(runtime, self, '^', args) }
  },
  isdisjoint(runtime, self, args) {
    const other = elements(runtime, positionals('isdisjoint', args, 1)[0]!)
    return [...self.entries.keys()].every((key) => !other.has(key))
  },
  issubset(runtime, self, args) {
    const other = elements(runtime, positionals('issubset', args, 1)[0]!)
    return [...self.entries.keys()].every((key) => other.has(key))
  },
  issuperset(runtime, self, args) {
    const other = elements(runtime, positionals('issuperset', args, 1)[0]!)
    return [...other.keys()].every((key) => self.entries.has(key))
  },
}

const changes: Readonly<Record<string, Method<SetValue>>> = {
  add(runtime, self, args) {
    addItem(runtime, self.entries, positionals('add', args, 1)[0]!)
    return null
  },
  clear(_, self, args) {
    positionals('clear', args, 0)
    self.entries.clear()
    return null
  },
  discard(runtime, self, args) {
    self.entries.delete(keyOf(runtime, positionals('discard', args, 1)[0]!))
    return null
  },
  remove(runtime, self, args) {
    const [item] = positionals('remove', args, 1)
    if (!self.entries.delete(keyOf(runtime, item!))) throw raiseAbout('KeyError', 'an element that is not there', item!)
    return null
  },
  pop(_, self, args) {
    positionals('pop', args, 0)
    const [first] = self.entries
    if (!first) throw raise('KeyError', 'pop from an empty set')
    self.entries.delete(first[0])
    return first[1]
  },
  update: inPlace('|'),
  intersection_update: inPlace('&'),
  difference_update: inPlace('-'),
  symmetric_difference_update: inPlace('^'),
}

function inPlace(operator: '|' | '&' | '-' | '^'): Method<SetValue> {
  return (runtime, self, args) => {
    const entries = combineAll(runtime, self, operator, args)
    self.entries.clear()
    for (const [key, value] of entries) self.entries.set(key, value)
    return null
  }
}

function combineAll(
  runtime: Runtime,
  self: SetValue,
  operator: '|' | '&' | '-' | '^',
  args: Args,
): SetValue['entries'] {
  if (args.named.size > 0) throw raise('TypeError', 'set methods take no keyword arguments')
  let entries: SetValue['entries'] = new Map(self.entries)
  for (const other of args.positional) {
    const isSet = asSet(runtime, other) !== undefined
    const right = elements(runtime, other)
    // Of two equal elements CPython keeps the one from what isn't a set.
    entries =
      operator === '&' && !isSet
        ? new Map([...right].filter(([key]) => entries.has(key)))
        : combineSets(runtime, entries, operator, right)
  }
  return entries
}

function elements(runtime: Runtime, value: Value): SetValue['entries'] {
  return asSet(runtime, value) ?? setOf(runtime, 'set', itemsOf(runtime, value)).entries
}
