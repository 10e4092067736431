import type { Runtime } from '../runtime.ts'
import { asCount, asInt, asText, bound, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { typeName } from '../values/classes.ts'
import { codecOf, decode, encode, policyOf } from '../values/codecs.ts'
import { itemsOf } from '../values/iterate.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import { type Args, list, tuple, type Value } from '../values/value.ts'
import { asciiAlphabet } from './alphabets.ts'
import { searchBounds } from './bounds.ts'
import { bytesChanges } from './bytes-changes.ts'
import { addMethods, addStatics, type Method } from './table.ts'
import * as parts from './text-parts.ts'

/** Puts the methods of bytes on their type. */
export function addBytesMethods(): void {
  addMethods('bytes', (value): value is Uint8Array => value instanceof Uint8Array, {
    ...bytesChanges,
    ...conversions,
    ...searches,
    ...splits,
  })
  addStatics('bytes', {
    fromhex(_, args) {
      const text = asText(positionals('fromhex', args, 1)[0], 'argument').replace(/[ \t-\r]/g, '')
      if (!/^([\da-fA-F]{2})*$/.test(text)) throw raise('ValueError', 'non-hexadecimal number found in fromhex() arg')
      return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    },
    maketrans(_, args) {
      const [from, to] = positionals('maketrans', args, 2).map((value) => bytesArg(value))
      if (from?.length !== to?.length) throw raise('ValueError', 'maketrans arguments must have same length')
      const table = Uint8Array.from({ length: 256 }, (_, byte) => byte)
      for (const [index, byte] of (from ?? new Uint8Array()).entries()) table[byte] = to![index]!
      return table
    },
  })
}

/** An argument that is bytes, or the str that it would have been in Python 2, as one character a byte. */
export function latinArg(value: Value | undefined): string {
  return fromBytes(bytesArg(value))
}

function bytesArg(value: Value | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return encode(value, 'utf-8', 'strict')
  throw raise('TypeError', `a bytes-like object is required, not '${typeName(value ?? null)}'`)
}

const conversions: Readonly<Record<string, Method<Uint8Array>>> = {
  decode(runtime, self, args) {
    const [encoding, errors] = bound('decode', args, ['encoding', 'errors'])
    // CPython doesn't even look for the codec.
    if (self.length === 0) return ''
    const codec = codecOf(encoding === undefined ? 'utf-8' : asText(encoding, 'encoding'))
    runtime.room(self.length)
    return decode(self, codec, policyOf(errors === undefined ? 'strict' : asText(errors, 'errors')))
  },
  // In Python 2 encoding a byte string left it as it was.
  encode(_, self, args) {
    const [encoding] = bound('encode', args, ['encoding', 'errors'])
    codecOf(encoding === undefined ? 'utf-8' : asText(encoding, 'encoding'))
    return self
  },
  hex(runtime, self, args) {
    if (args.positional.length + args.named.size > 0) return runtime.unsupported('bytes.hex with a separator')
    return Array.from(self, (byte) => byte.toString(16).padStart(2, '0')).join('')
  },
  join(runtime, self, args) {
    const items = itemsOf(runtime, positionals('join', args, 1)[0]!)
    const texts = items.map((item) => latinArg(item))
    runtime.room(texts.reduce((size, text) => size + text.length + self.length, 0))
    return toBytes(texts.join(fromBytes(self)))
  },
  translate(_, self, args) {
    const [table, gone] = bound('translate', args, ['table', 'delete'], 1)
    const map = table === null ? undefined : bytesArg(table)
    if (map && map.length !== 256) throw raise('ValueError', 'translation table must be 256 characters long')
    const without = new Set(gone === undefined ? [] : bytesArg(gone))
    return Uint8Array.from([...self].filter((byte) => !without.has(byte)).map((byte) => map?.[byte] ?? byte))
  },
}

const searches: Readonly<Record<string, Method<Uint8Array>>> = {
  count(runtime, self, args) {
    const { text, part } = searched('count', self, args)
    return text === undefined ? 0n : BigInt(parts.countParts(runtime, text, part, text.length))
  },
  endswith: (_, self, args) => hasEnd('endswith', self, args),
  startswith: (_, self, args) => hasEnd('startswith', self, args),
  find: (runtime, self, args) => found(runtime, 'find', self, args),
  rfind: (runtime, self, args) => found(runtime, 'rfind', self, args),
  index: (runtime, self, args) => mustBeFound(found(runtime, 'find', self, args)),
  rindex: (runtime, self, args) => mustBeFound(found(runtime, 'rfind', self, args)),
}

const splits: Readonly<Record<string, Method<Uint8Array>>> = {
  partition(_, self, args) {
    const separator = separatorArg(positionals('partition', args, 1)[0])
    const text = fromBytes(self)
    const at = text.indexOf(separator)
    const found = at === -1 ? [text, '', ''] : [text.slice(0, at), separator, text.slice(at + separator.length)]
    return tuple(found.map(toBytes))
  },
  rpartition(_, self, args) {
    const separator = separatorArg(positionals('rpartition', args, 1)[0])
    const text = fromBytes(self)
    const at = text.lastIndexOf(separator)
    const found = at === -1 ? ['', '', text] : [text.slice(0, at), separator, text.slice(at + separator.length)]
    return tuple(found.map(toBytes))
  },
  split: (runtime, self, args) => split(runtime, 'split', self, args),
  rsplit: (runtime, self, args) => split(runtime, 'rsplit', self, args),
  splitlines(runtime, self, args) {
    const [keep] = bound('splitlines', args, ['keepends'])
    const keepEnds = keep !== undefined && truthOf(runtime, keep)
    return list(parts.splitLines(runtime, fromBytes(self), keepEnds, asciiAlphabet).map(toBytes))
  },
}

function split(runtime: Runtime, name: 'split' | 'rsplit', self: Uint8Array, args: Args): Value {
  const [separator, count] = bound(name, args, ['sep', 'maxsplit'])
  const most = count === undefined ? -1 : Math.max(-1, asCount(count))
  const text = fromBytes(self)
  if (separator === undefined || separator === null) {
    const cut = name === 'split' ? parts.splitAtBlanks : parts.splitAtBlanksFromEnd
    return list(cut(runtime, text, most, asciiAlphabet).map(toBytes))
  }
  const cut = name === 'split' ? parts.splitAt : parts.splitAtEnd
  return list(cut(runtime, text, separatorArg(separator), most).map(toBytes))
}

function separatorArg(value: Value | undefined): string {
  const separator = latinArg(value)
  if (separator === '') throw raise('ValueError', 'empty separator')
  return separator
}

function searched(
  name: string,
  self: Uint8Array,
  args: Args,
): { text: string | undefined; part: string; start: number } {
  const [wanted, from, to] = positionals(name, args, 1, 3)
  const part = typeof wanted === 'bigint' || typeof wanted === 'boolean' ? oneByte(wanted) : latinArg(wanted)
  const { start, stop } = searchBounds(from, to, self.length)
  return { text: stop - start >= part.length ? fromBytes(self.subarray(start, stop)) : undefined, part, start }
}

function oneByte(value: Value): string {
  const byte = asInt(value)
  if (byte < 0n || byte > 255n) throw raise('ValueError', 'byte must be in range(0, 256)')
  return String.fromCharCode(Number(byte))
}

function found(runtime: Runtime, name: 'find' | 'rfind', self: Uint8Array, args: Args): bigint {
  runtime.spend(self.length >> 4)
  const { text, part, start } = searched(name, self, args)
  if (text === undefined) return -1n
  const at = name === 'find' ? text.indexOf(part) : text.lastIndexOf(part)
  return at === -1 ? -1n : BigInt(start + at)
}

function mustBeFound(at: bigint): bigint {
  if (at === -1n) throw raise('ValueError', 'subsection not found')
  return at
}

function hasEnd(name: 'startswith' | 'endswith', self: Uint8Array, args: Args): boolean {
  const [wanted, from, to] = positionals(name, args, 1, 3)
  const { start, stop } = searchBounds(from, to, self.length)
  const text = fromBytes(self.subarray(start, stop))
  return (isKind(wanted, 'tuple') ? wanted.items : [wanted!]).some((candidate) => {
    const part = latinArg(candidate)
    if (start > stop) return false
    return name === 'startswith' ? text.startsWith(part) : text.endsWith(part)
  })
}
