import type { Runtime } from '../runtime.ts'
import { positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { dictOf, getItem, pairsOf, setItem } from '../values/dict.ts'
import { itemsOf, iteratorOf } from '../values/iterate.ts'
import { keyOf } from '../values/key.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { type Args, type DictValue, orElse, tuple, type Value, type ViewValue } from '../values/value.ts'
import { addMethods, addStatics, type Method } from './table.ts'

/** Puts the methods of dict on its type. */
export function addDictMethods(): void {
  addMethods('dict', (value): value is DictValue => isKind(value, 'dict'), { ...readings, ...changes })
  addMethods('environ', (value): value is DictValue => isKind(value, 'dict'), readings)
  addStatics('dict', {
    fromkeys(runtime, args) {
      const [keys, value = null] = positionals('fromkeys', args, 1, 2)
      return dictOf(
        runtime,
        itemsOf(runtime, keys!).map((key) => [key, value] as const),
      )
    },
  })
}

const readings: Readonly<Record<string, Method<DictValue>>> = {
  copy(runtime, self, args) {
    positionals('copy', args, 0)
    if (self.variant === 'environ') runtime.mayHoldSecret()
    runtime.room(self.entries.size)
    const entries = new Map(Array.from(self.entries, ([key, entry]) => [key, { ...entry }]))
    return self.variant === 'environ' ? { kind: 'dict', entries } : { ...self, entries }
  },
  get(runtime, self, args) {
    const [key, otherwise = null] = positionals('get', args, 1, 2)
    return orElse(getItem(runtime, self, key!), otherwise)
  },
  has_key: (runtime, self, args) => self.entries.has(keyOf(runtime, positionals('has_key', args, 1)[0]!)),
  keys: (runtime, self, args) => view(runtime, 'keys', self, args),
  values: (runtime, self, args) => view(runtime, 'values', self, args),
  items: (runtime, self, args) => view(runtime, 'items', self, args),
  iterkeys: (runtime, self, args) => iteratorOf(runtime, view(runtime, 'keys', self, args)),
  itervalues: (runtime, self, args) => iteratorOf(runtime, view(runtime, 'values', self, args)),
  iteritems: (runtime, self, args) => iteratorOf(runtime, view(runtime, 'items', self, args)),
}

const changes: Readonly<Record<string, Method<DictValue>>> = {
  clear(_, self, args) {
    positionals('clear', args, 0)
    self.entries.clear()
    return null
  },
  pop(runtime, self, args) {
    const [key, otherwise] = positionals('pop', args, 1, 2)
    const filed = keyOf(runtime, key!)
    const entry = self.entries.get(filed)
    const value = entry ? entry.value : otherwise
    if (value === undefined) throw raiseAbout('KeyError', 'a key that is not there', key!)
    self.entries.delete(filed)
    return value
  },
  popitem(_, self, args) {
    positionals('popitem', args, 0)
    const last = [...self.entries].at(-1)
    if (!last) throw raise('KeyError', 'popitem(): dictionary is empty')
    self.entries.delete(last[0])
    return tuple([last[1].key, last[1].value])
  },
  setdefault(runtime, self, args) {
    const [key, otherwise = null] = positionals('setdefault', args, 1, 2)
    const value = getItem(runtime, self, key!)
    if (value !== undefined) return value
    setItem(runtime, self, key!, otherwise)
    return otherwise
  },
  update(runtime, self, args) {
    updateDict(runtime, self, args)
    return null
  },
}

/** What `dict(source, **named)` and `dict.update` do. */
export function updateDict(runtime: Runtime, dict: DictValue, args: Args): void {
  const [source] = positionals('update', { positional: args.positional, named: new Map() }, 0, 1)
  if (source !== undefined) for (const [key, value] of pairsOf(runtime, source)) setItem(runtime, dict, key, value)
  for (const [name, value] of args.named) setItem(runtime, dict, name, value)
}

function view(runtime: Runtime, of: ViewValue['of'], dict: DictValue, args: Args): Value {
  positionals(of, args, 0)
  if (dict.variant === 'environ') runtime.mayHoldSecret()
  return { kind: 'view', of, dict }
}
