import type { Runtime } from '../runtime.ts'
import { bound } from '../values/args.ts'
import { typeName } from '../values/classes.ts'
import { dictOf } from '../values/dict.ts'
import { legacyText } from '../values/legacy-text.ts'
import { exceptionClass, raise } from '../values/raised.ts'
import { type Args, list, type ModuleValue, type Value } from '../values/value.ts'
import { contentOf } from './file.ts'
import { writeJson } from './json-text.ts'
import { nativeModule } from './native.ts'

/** The module `json`. */
export function createJsonModule(): ModuleValue {
  return nativeModule(
    'json',
    { JSONDecodeError: exceptionClass('JSONDecodeError') },
    {
      loads(runtime, args) {
        const [text] = onlyFirst(runtime, 'loads', args)
        if (typeof text === 'string') return readJson(runtime, text)
        if (text instanceof Uint8Array) return readJson(runtime, legacyText(text))
        throw raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeName(text!)}`)
      },
      load(runtime, args) {
        const [file] = onlyFirst(runtime, 'load', args)
        const content = contentOf(runtime, file!)
        if (content === undefined) throw raise('AttributeError', `'${typeName(file!)}' object has no attribute 'read'`)
        return readJson(runtime, typeof content === 'string' ? content : legacyText(content))
      },
      dumps(runtime, args) {
        const [value, ascii = true] = bound('dumps', args, ['obj', 'ensure_ascii'], 1)
        return writeJson(runtime, value!, ascii !== false)
      },
    },
  )
}

function onlyFirst(runtime: Runtime, name: string, args: Args): readonly Value[] {
  if (args.positional.length !== 1 || args.named.size > 0) return runtime.unsupported(`json.${name}() with options`)
  return args.positional
}

const token =
  /[ \t\n\r]*(?:([{}[\],:])|"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*)"|(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?|(true|false|null|NaN|Infinity|-Infinity))/y

const constants: Readonly<Record<string, Value>> = {
  true: true,
  false: false,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
}

type Token = { readonly mark: string } | { readonly value: Value }

/** Reads a JSON text as Python does: whole numbers are ints of any size, NaN is known. */
function readJson(runtime: Runtime, text: string): Value {
  let position = 0

  function fail(): never {
    throw raise('JSONDecodeError', `the text is no JSON at character ${position}`)
  }

  function next(): Token {
    runtime.spend(1)
    token.lastIndex = position
    const found = token.exec(text)
    if (!found) return fail()
    position = token.lastIndex
    const [, mark, quoted, int, fraction, exponent, constant] = found
    if (mark !== undefined) return { mark }
    if (quoted !== undefined) return { value: unquoted(quoted) }
    if (constant !== undefined) return { value: constants[constant] ?? null }
    if (fraction === undefined && exponent === undefined) return { value: BigInt(int!) }
    return { value: Number(int! + (fraction ?? '') + (exponent ?? '')) }
  }

  function unquoted(quoted: string): string {
    const value: string = JSON.parse(`"${quoted}"`)
    return value.isWellFormed() ? value : runtime.unsupported('half of a surrogate pair')
  }

  function readValue(start: Token): Value {
    if ('value' in start) return start.value
    if (start.mark === '[') return runtime.deeper(() => list(itemsUntil(']', readValue)))
    if (start.mark === '{') return runtime.deeper(() => dictOf(runtime, itemsUntil('}', entryOf)))
    return fail()
  }

  function entryOf(start: Token): [Value, Value] {
    if (!('value' in start) || typeof start.value !== 'string') return fail()
    const colon = next()
    if (!('mark' in colon) || colon.mark !== ':') return fail()
    return [start.value, readValue(next())]
  }

  function itemsUntil<T>(end: string, read: (start: Token) => T): T[] {
    const items: T[] = []
    let start = next()
    if ('mark' in start && start.mark === end) return items
    for (;;) {
      items.push(read(start))
      const after = next()
      if (!('mark' in after)) return fail()
      if (after.mark === end) return items
      if (after.mark !== ',') return fail()
      start = next()
    }
  }

  const value = readValue(next())
  return /^[ \t\n\r]*$/.test(text.slice(position)) ? value : fail()
}
