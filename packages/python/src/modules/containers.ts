import { isCallable } from '../builtins/functions.ts'
import { updateDict } from '../methods/dict.ts'
import type { Runtime } from '../runtime.ts'
import { asCount, positionals } from '../values/args.ts'
import { classOf } from '../values/classes.ts'
import { iterate } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import {
  builtin,
  type ClassValue,
  type DictValue,
  iterator,
  type ModuleValue,
  type Native,
  type Next,
  type Value,
} from '../values/value.ts'
import { nativeModule } from './native.ts'

/** The module `collections`: its two kinds of dict. */
export function createCollectionsModule(): ModuleValue {
  return nativeModule(
    'collections',
    {
      OrderedDict: constructed('OrderedDict', (runtime, args) => {
        const dict: DictValue = { kind: 'dict', variant: 'OrderedDict', entries: new Map() }
        updateDict(runtime, dict, args)
        return dict
      }),
      defaultdict: constructed('defaultdict', (runtime, args) => {
        const [factory = null, ...positional] = args.positional
        if (factory !== null && !isCallable(factory))
          throw raise('TypeError', 'first argument must be callable or None')
        const dict: DictValue = { kind: 'dict', variant: 'defaultdict', factory, entries: new Map() }
        updateDict(runtime, dict, { positional, named: args.named })
        return dict
      }),
    },
    {},
  )
}

function constructed(name: 'OrderedDict' | 'defaultdict', construct: Native): ClassValue {
  return Object.assign(classOf(name), { construct })
}

/** The module `functools`: `partial`, `reduce`, and `lru_cache`, which here keeps nothing. */
export function createFunctoolsModule(): ModuleValue {
  return nativeModule(
    'functools',
    {},
    {
      partial(_, args) {
        const [target, ...first] = args.positional
        if (target === undefined || !isCallable(target)) throw raise('TypeError', 'the first argument must be callable')
        return builtin('partial', (runtime, more) =>
          runtime.call(target, [...first, ...more.positional], new Map([...args.named, ...more.named])),
        )
      },
      reduce,
      lru_cache(_, args) {
        const [target] = args.positional
        return target !== undefined && isCallable(target) ? target : builtin('lru_cache', identity)
      },
      cache: identity,
    },
  )
}

const identity: Native = (_, args) => positionals('the decorator', args, 1)[0]!

/** `reduce(function, values, start)` */
export const reduce: Native = (runtime, args) => {
  const [combine, source, start] = positionals('reduce', args, 2, 3)
  const next = iterate(runtime, source!)
  let total = start === undefined ? next() : start
  if (total === undefined) throw raise('TypeError', 'reduce() of empty iterable with no initial value')
  for (let item = next(); item !== undefined; item = next()) total = runtime.call(combine!, [total, item])
  return total
}

/** The module `itertools`: `chain` and `islice`. */
export function createItertoolsModule(): ModuleValue {
  const chain = builtin('chain', (runtime, args) => {
    const sources = [...args.positional]
    return iterator(
      'chain',
      chained(runtime, () => sources.shift()),
    )
  })
  const fromIterable = builtin('from_iterable', (runtime, args) => {
    return iterator('chain', chained(runtime, iterate(runtime, positionals('from_iterable', args, 1)[0]!)))
  })
  const module = nativeModule(
    'itertools',
    {},
    {
      islice(runtime, args) {
        const [source, stop, ...more] = positionals('islice', args, 2, 4)
        if (more.length > 0) return runtime.unsupported('itertools.islice() with a start')
        const next = iterate(runtime, source!)
        let left = stop === null ? Number.POSITIVE_INFINITY : asCount(stop)
        if (left < 0) throw raise('ValueError', 'Stop argument for islice() must be None or an integer >= 0')
        return iterator('islice', () => (left-- > 0 ? next() : undefined))
      },
    },
  )
  module.attributes.set('chain', {
    kind: 'class',
    name: 'chain',
    base: classOf('object'),
    attributes: new Map([['from_iterable', fromIterable]]),
    construct: chain.call,
  })
  return module
}

function chained(runtime: Runtime, nextSource: () => Value | undefined): Next {
  let next: Next | undefined
  return () => {
    for (;;) {
      const item = next?.()
      if (item !== undefined) return item
      const source = nextSource()
      if (source === undefined) return undefined
      next = iterate(runtime, source)
    }
  }
}
