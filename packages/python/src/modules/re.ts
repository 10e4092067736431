import { compileRegex, flagsFrom } from '../regex/compile-regex.ts'
import { flag } from '../regex/nodes.ts'
import type { Runtime } from '../runtime.ts'
import { asInt, bound } from '../values/args.ts'
import { classAttribute, isKind } from '../values/attributes.ts'
import { classOf, typeName } from '../values/classes.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { exceptionClass, raise } from '../values/raised.ts'
import {
  builtin,
  type ModuleValue,
  moduleOf,
  type Native,
  orElse,
  type PatternValue,
  type Value,
} from '../values/value.ts'

const mostCached = 512

/** The module `re`. Patterns once compiled are kept. */
export function createReModule(): ModuleValue {
  const cache = new Map<string, PatternValue>()

  function compile(runtime: Runtime, source: Value, flags: Value): PatternValue {
    if (isKind(source, 'pattern')) {
      if (asInt(flags) !== 0n) throw raise('ValueError', 'cannot process flags argument with a compiled pattern')
      return source
    }
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
      throw raise('TypeError', `first argument must be string or compiled pattern, not ${typeName(source)}`)
    }
    const isBytes = typeof source !== 'string'
    const text = isBytes ? fromBytes(source) : source
    const bits = flagsFrom(asInt(flags))
    const key = `${isBytes ? 'b' : 's'}${bits}/${text}`
    let pattern = cache.get(key)
    if (!pattern) {
      pattern = { kind: 'pattern', source, program: compileRegex(runtime, text, isBytes, bits) }
      if (cache.size >= mostCached) cache.clear()
      cache.set(key, pattern)
    }
    return pattern
  }

  // `re.search(pattern, …, flags)` is `re.compile(pattern, flags).search(…)`.
  function viaPattern(name: string, parameters: readonly string[], least: number): Native {
    const all = ['pattern', ...parameters, 'flags']
    return (runtime, args) => {
      const [source, ...values] = bound(name, args, all, least)
      const pattern = compile(runtime, source!, orElse(values[parameters.length], 0n))
      const given = values.slice(0, parameters.length).filter((value) => value !== undefined)
      return runtime.call(classAttribute(classOf('Pattern'), name)!, [pattern, ...given])
    }
  }

  const functions: Record<string, Native> = {
    compile(runtime, args) {
      const [pattern, flags = 0n] = bound('compile', args, ['pattern', 'flags'], 1)
      return compile(runtime, pattern!, flags)
    },
    search: viaPattern('search', ['string'], 2),
    match: viaPattern('match', ['string'], 2),
    fullmatch: viaPattern('fullmatch', ['string'], 2),
    findall: viaPattern('findall', ['string'], 2),
    finditer: viaPattern('finditer', ['string'], 2),
    split: viaPattern('split', ['string', 'maxsplit'], 2),
    sub: viaPattern('sub', ['repl', 'string', 'count'], 3),
    subn: viaPattern('subn', ['repl', 'string', 'count'], 3),
    escape(runtime, args) {
      const [value] = bound('escape', args, ['pattern'], 1)
      if (typeof value !== 'string' && !(value instanceof Uint8Array)) {
        throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(value!)} found`)
      }
      const text = typeof value === 'string' ? value : fromBytes(value)
      const escaped = text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')
      runtime.room(escaped.length)
      return typeof value === 'string' ? escaped : toBytes(escaped)
    },
    purge() {
      cache.clear()
      return null
    },
  }

  const module = moduleOf('re', {
    A: BigInt(flag.ascii),
    ASCII: BigInt(flag.ascii),
    I: BigInt(flag.ignoreCase),
    IGNORECASE: BigInt(flag.ignoreCase),
    L: BigInt(flag.locale),
    LOCALE: BigInt(flag.locale),
    M: BigInt(flag.multiline),
    MULTILINE: BigInt(flag.multiline),
    S: BigInt(flag.dotAll),
    DOTALL: BigInt(flag.dotAll),
    U: BigInt(flag.unicode),
    UNICODE: BigInt(flag.unicode),
    X: BigInt(flag.verbose),
    VERBOSE: BigInt(flag.verbose),
    NOFLAG: 0n,
    error: exceptionClass('error'),
    Pattern: classOf('Pattern'),
    Match: classOf('Match'),
  })
  for (const [name, call] of Object.entries(functions)) module.attributes.set(name, builtin(name, call))
  return module
}
