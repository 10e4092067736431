import { addBytesMethods } from '../methods/bytes.ts'
import { addDictMethods, updateDict } from '../methods/dict.ts'
import { addListMethods } from '../methods/list.ts'
import { addMatchMethods } from '../methods/match.ts'
import { addNumberMethods } from '../methods/number.ts'
import { addPatternMethods } from '../methods/pattern.ts'
import { addSetMethods } from '../methods/set.ts'
import { addStrMethods } from '../methods/str.ts'
import type { Runtime } from '../runtime.ts'
import { asCount, asInt, asText, bound, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { type ClassName, classOf, typeName, typeOf } from '../values/classes.ts'
import { codecOf, decode, encode, policyOf } from '../values/codecs.ts'
import { dictOf, setOf } from '../values/dict.ts'
import { itemsOf } from '../values/iterate.ts'
import { raise } from '../values/raised.ts'
import { rangeOf } from '../values/range.ts'
import { strOf } from '../values/repr.ts'
import { truthOf } from '../values/truth.ts'
import { type Args, type ClassValue, list, type Native, tuple, type Value } from '../values/value.ts'
import { floatFrom, intFrom } from './number-text.ts'

const constructors: Partial<Record<ClassName, Native>> = {
  bool: (runtime, args) => truthOf(runtime, positionals('bool', args, 0, 1)[0] ?? false),
  int: intFrom,
  float: floatFrom,
  str: makeText,
  bytes: makeBytes,
  list: (runtime, args) => list(elements(runtime, 'list', args)),
  tuple: (runtime, args) => tuple(elements(runtime, 'tuple', args)),
  set: (runtime, args) => setOf(runtime, 'set', elements(runtime, 'set', args)),
  frozenset: (runtime, args) => setOf(runtime, 'frozenset', elements(runtime, 'frozenset', args)),
  dict(runtime, args) {
    const dict = dictOf(runtime, [])
    updateDict(runtime, dict, args)
    return dict
  },
  range(_, args) {
    const [first, second, third] = positionals('range', args, 1, 3)
    const step = third === undefined ? 1n : asInt(third)
    if (step === 0n) throw raise('ValueError', 'range() arg 3 must not be zero')
    return second === undefined ? rangeOf(0n, asInt(first), 1n) : rangeOf(asInt(first), asInt(second), step)
  },
  slice(_, args) {
    const [first, second, third] = positionals('slice', args, 1, 3)
    const [start, stop] = second === undefined ? [null, first!] : [first!, second]
    return { kind: 'slice', start, stop, step: third ?? null }
  },
  type(_, args) {
    return typeOf(positionals('type', args, 1)[0]!)
  },
}

let prepared: ReadonlyMap<string, ClassValue> | undefined

/** The built-in types that have a name of their own, with all their methods. */
export function builtinTypes(): ReadonlyMap<string, ClassValue> {
  if (prepared) return prepared
  addStrMethods()
  addBytesMethods()
  addListMethods()
  addDictMethods()
  addSetMethods()
  addNumberMethods()
  addMatchMethods()
  addPatternMethods()
  const types = new Map([['object', classOf('object')]])
  for (const [name, construct] of Object.entries(constructors)) {
    const type = classOf(name as ClassName)
    Object.assign(type, { construct })
    types.set(name, type)
  }
  prepared = types
  return types
}

function elements(runtime: Runtime, name: string, args: Args): Value[] {
  const [source] = positionals(name, args, 0, 1)
  return source === undefined ? [] : itemsOf(runtime, source)
}

function makeText(runtime: Runtime, args: Args): Value {
  const [object, encoding, errors] = bound('str', args, ['object', 'encoding', 'errors'])
  if (encoding === undefined && errors === undefined) return object === undefined ? '' : strOf(runtime, object)
  if (!(object instanceof Uint8Array)) {
    throw raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(object ?? '')} found`)
  }
  const codec = codecOf(encoding === undefined ? 'utf-8' : asText(encoding, 'encoding'))
  runtime.room(object.length)
  return decode(object, codec, policyOf(errors === undefined ? 'strict' : asText(errors, 'errors')))
}

function makeBytes(runtime: Runtime, args: Args): Value {
  const [source, encoding, errors] = bound('bytes', args, ['source', 'encoding', 'errors'])
  if (typeof source === 'string') {
    if (encoding === undefined) throw raise('TypeError', 'string argument without an encoding')
    const policy = policyOf(errors === undefined ? 'strict' : asText(errors, 'errors'))
    runtime.room(source.length)
    return encode(source, codecOf(asText(encoding, 'encoding')), policy)
  }
  if (encoding !== undefined || errors !== undefined) throw raise('TypeError', 'encoding without a string argument')
  if (source === undefined) return new Uint8Array()
  if (source instanceof Uint8Array) return source
  if (typeof source === 'bigint' || typeof source === 'boolean') {
    const size = asCount(source)
    if (size < 0) throw raise('ValueError', 'negative count')
    runtime.room(size)
    return new Uint8Array(size)
  }
  if (isKind(source, 'instance')) throw raise('TypeError', `cannot convert '${source.type.name}' object to bytes`)
  return Uint8Array.from(itemsOf(runtime, source), (item) => {
    const byte = asInt(item)
    if (byte < 0n || byte > 255n) throw raise('ValueError', 'bytes must be in range(0, 256)')
    return Number(byte)
  })
}
