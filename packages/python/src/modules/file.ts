import { asciiAlphabet } from '../methods/alphabets.ts'
import { splitLines } from '../methods/text-parts.ts'
import type { Runtime } from '../runtime.ts'
import { asCount, asText, bound, positionals } from '../values/args.ts'
import { codecOf, decode, decodeUtf8, policyOf } from '../values/codecs.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { raise, raiseAbout } from '../values/raised.ts'
import { type InstanceValue, iterator, list, type Native, orElse, type Value } from '../values/value.ts'
import { askWorld, nativeClass, nativeInstance } from './native.ts'

const fileClass = nativeClass('TextIOWrapper')

/** What stands in a file, or is printed by a program, once it is asked for. */
export type Content = () => string | Uint8Array

/** Text as Python reads it from a file: UTF-8, and every kind of line end is `\n`. */
export function readText(bytes: Uint8Array, encoding = 'utf-8', errors = 'strict'): string {
  return decode(bytes, codecOf(encoding), policyOf(errors)).replace(/\r\n?/g, '\n')
}

/** A file that can be read. */
export function fileOf(runtime: Runtime, content: Content, closed: () => Value = () => null): InstanceValue {
  let loaded: string | Uint8Array | undefined
  let at = 0
  const whole = () => (loaded ??= content())

  function take(to: number): string | Uint8Array {
    const text = whole()
    const from = at
    at = Math.min(to, text.length)
    return text.slice(from, at)
  }

  function line(): string | Uint8Array {
    const text = whole()
    const end = typeof text === 'string' ? text.indexOf('\n', at) : text.indexOf(10, at)
    return take(end === -1 ? text.length : end + 1)
  }

  function lines(): Value[] {
    const rest = take(whole().length)
    if (typeof rest === 'string') return splitLines(runtime, rest, true, asciiAlphabet)
    return rest.length === 0 ? [] : splitAfterLines(rest)
  }

  const file: InstanceValue = nativeInstance(
    fileClass,
    { closed: false },
    {
      read(_, args) {
        const [size] = positionals('read', args, 0, 1)
        if (size !== undefined && size !== null && asCount(size) >= 0)
          return runtime.unsupported('read() of so many characters')
        return take(whole().length)
      },
      readline: () => line(),
      readlines: () => list(lines()),
      close: () => closed(),
      flush: () => null,
      wait: () => closed(),
      __enter__: () => file,
      __exit__() {
        closed()
        return null
      },
      __iter__: () =>
        iterator('TextIOWrapper', () => {
          const next = line()
          return next.length === 0 ? undefined : next
        }),
    },
  )
  return file
}

// Bytes split only at \n.
function splitAfterLines(bytes: Uint8Array): Uint8Array[] {
  return (fromBytes(bytes).match(/[^\n]*\n|[^\n]+$/g) ?? []).map(toBytes)
}

/** `open(path)`, for reading. */
export const openFile: Native = (runtime, args) => {
  const parameters = ['file', 'mode', 'buffering', 'encoding', 'errors', 'newline']
  const [file, mode = 'r', , encoding, errors, newline] = bound('open', args, parameters, 1)
  if (orElse(newline, null) !== null) return runtime.unsupported('open() with newline')
  const path = asText(file instanceof Uint8Array ? decodeUtf8(file, 'strict') : file, 'path')
  const how = asText(mode, 'mode').replace('U', '')
  if (!/^(r[tb]?|[tb]r)$/.test(how)) return runtime.unsupported('open() for anything but reading')
  const bytes = readWhole(runtime, path)
  const name = encoding === undefined || encoding === null ? 'utf-8' : asText(encoding, 'encoding')
  const policy = orElse(errors, null) === null ? 'strict' : asText(errors, 'errors')
  const content = how.includes('b') ? bytes : readText(bytes, name, policy)
  return fileOf(runtime, () => content)
}

/** All of a file; one that isn't there is an exception. */
export function readWhole(runtime: Runtime, path: string): Uint8Array {
  const bytes = askWorld(runtime, 'reading a file', runtime.world.readFile, path)
  if (!bytes) throw raiseAbout('FileNotFoundError', 'a file that is not there', 2n, 'No such file or directory', path)
  runtime.mayHoldSecret()
  runtime.room(bytes.length)
  return bytes.slice()
}

/** The content of a file-like value, or undefined for other values. */
export function contentOf(runtime: Runtime, value: Value): string | Uint8Array | undefined {
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'instance') return undefined
  const read = value.attributes.get('read')
  if (read === undefined) return undefined
  const content = runtime.call(read, [])
  if (typeof content === 'string' || content instanceof Uint8Array) return content
  throw raise('TypeError', 'read() answered neither text nor bytes')
}
