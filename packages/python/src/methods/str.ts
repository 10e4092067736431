import { formatMethod } from '../formatting/format-method.ts'
import type { Runtime } from '../runtime.ts'
import { asCount, asText, bound, positionals } from '../values/args.ts'
import { isKind } from '../values/attributes.ts'
import { decodeBase64 } from '../values/base64-text.ts'
import { typeName } from '../values/classes.ts'
import { indexOf, lengthOf, offsetOf } from '../values/code-points.ts'
import { codecOf, encode, policyOf } from '../values/codecs.ts'
import { itemsOf } from '../values/iterate.ts'
import { legacyText } from '../values/legacy-text.ts'
import { capitalize, caseFold, lower, swapCase, title, upper } from '../values/letter-case.ts'
import { raise } from '../values/raised.ts'
import { truthOf } from '../values/truth.ts'
import { type Args, list, tuple, type Value } from '../values/value.ts'
import { unicodeAlphabet } from './alphabets.ts'
import { searchBounds } from './bounds.ts'
import { strTests } from './str-tests.ts'
import { makeTranslation, translate } from './str-translate.ts'
import { addMethods, addStatics, type Method } from './table.ts'
import * as parts from './text-parts.ts'

/** Puts the methods of str on their type. */
export function addStrMethods(): void {
  const isStr = (value: Value): value is string => typeof value === 'string'
  addMethods('str', isStr, { ...strTests, ...changes, ...searches, ...splits, ...paddings })
  addStatics('str', { maketrans: makeTranslation })
}

const changes: Readonly<Record<string, Method<string>>> = {
  capitalize: plainChange('capitalize', capitalize),
  casefold: plainChange('casefold', caseFold),
  lower: plainChange('lower', lower),
  swapcase: plainChange('swapcase', swapCase),
  title: plainChange('title', title),
  upper: plainChange('upper', upper),
  encode(runtime, self, args) {
    const [encoding, errors] = bound('encode', args, ['encoding', 'errors'])
    const codec = codecOf(encoding === undefined ? 'utf-8' : asText(encoding, 'encoding'))
    runtime.room(self.length)
    return encode(self, codec, policyOf(errors === undefined ? 'strict' : asText(errors, 'errors')))
  },
  // In Python 2 a folder's name was a byte string; here it is text already.
  decode(_, self, args) {
    const [encoding] = bound('decode', args, ['encoding', 'errors'])
    const name = encoding === undefined ? 'utf-8' : asText(encoding, 'encoding')
    if (/^base[-_]?64$/i.test(name)) return legacyText(decodeBase64(encode(self, 'utf-8', 'strict')))
    codecOf(name)
    return self
  },
  expandtabs(runtime, self, args) {
    const [size] = bound('expandtabs', args, ['tabsize'])
    return parts.expandTabs(runtime, self, size === undefined ? 8 : asCount(size))
  },
  format: (runtime, self, args) => formatMethod(runtime, self, args),
  format_map(runtime, self, args) {
    const [mapping] = positionals('format_map', args, 1)
    return formatMethod(runtime, self, { positional: [], named: new Map() }, mapping)
  },
  replace(runtime, self, args) {
    const [old, by, count] = positionals('replace', args, 2, 3)
    return parts.replaceParts(runtime, self, [textArg(old), textArg(by)], most(count))
  },
  removeprefix(_, self, args) {
    const prefix = textArg(positionals('removeprefix', args, 1)[0])
    return self.startsWith(prefix) ? self.slice(prefix.length) : self
  },
  removesuffix(_, self, args) {
    const suffix = textArg(positionals('removesuffix', args, 1)[0])
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self
  },
  join(runtime, self, args) {
    const [items] = positionals('join', args, 1)
    const texts = itemsOf(runtime, items!).map((item, index) => {
      if (typeof item === 'string') return item
      throw raise('TypeError', `sequence item ${index}: expected str instance, ${typeName(item)} found`)
    })
    runtime.room(texts.reduce((size, text) => size + text.length + self.length, 0))
    return texts.join(self)
  },
  translate: (runtime, self, args) => translate(runtime, self, positionals('translate', args, 1)[0]!),
}

const searches: Readonly<Record<string, Method<string>>> = {
  count(runtime, self, args) {
    const { text, part } = searched('count', self, args)
    return text === undefined ? 0n : BigInt(parts.countParts(runtime, text, part, lengthOf(text)))
  },
  endswith: (runtime, self, args) => hasEnd(runtime, 'endswith', self, args),
  startswith: (runtime, self, args) => hasEnd(runtime, 'startswith', self, args),
  find: (runtime, self, args) => found(runtime, 'find', self, args),
  rfind: (runtime, self, args) => found(runtime, 'rfind', self, args),
  index: (runtime, self, args) => mustBeFound(found(runtime, 'find', self, args)),
  rindex: (runtime, self, args) => mustBeFound(found(runtime, 'rfind', self, args)),
}

const splits: Readonly<Record<string, Method<string>>> = {
  partition(_, self, args) {
    const separator = separatorArg(positionals('partition', args, 1)[0])
    const at = self.indexOf(separator)
    return tuple(at === -1 ? [self, '', ''] : [self.slice(0, at), separator, self.slice(at + separator.length)])
  },
  rpartition(_, self, args) {
    const separator = separatorArg(positionals('rpartition', args, 1)[0])
    const at = self.lastIndexOf(separator)
    return tuple(at === -1 ? ['', '', self] : [self.slice(0, at), separator, self.slice(at + separator.length)])
  },
  split(runtime, self, args) {
    const [separator, count] = bound('split', args, ['sep', 'maxsplit'])
    if (separator === undefined || separator === null) {
      return list(parts.splitAtBlanks(runtime, self, most(count), unicodeAlphabet))
    }
    return list(parts.splitAt(runtime, self, separatorArg(separator), most(count)))
  },
  rsplit(runtime, self, args) {
    const [separator, count] = bound('rsplit', args, ['sep', 'maxsplit'])
    if (separator === undefined || separator === null) {
      return list(parts.splitAtBlanksFromEnd(runtime, self, most(count), unicodeAlphabet))
    }
    return list(parts.splitAtEnd(runtime, self, separatorArg(separator), most(count)))
  },
  splitlines(runtime, self, args) {
    const [keep] = bound('splitlines', args, ['keepends'])
    return list(parts.splitLines(runtime, self, keep !== undefined && truthOf(runtime, keep), unicodeAlphabet))
  },
  strip: (_, self, args) => strip('strip', self, args, 'both'),
  lstrip: (_, self, args) => strip('lstrip', self, args, 'left'),
  rstrip: (_, self, args) => strip('rstrip', self, args, 'right'),
}

const paddings: Readonly<Record<string, Method<string>>> = {
  center: (runtime, self, args) => pad(runtime, 'center', self, args),
  ljust: (runtime, self, args) => pad(runtime, 'ljust', self, args),
  rjust: (runtime, self, args) => pad(runtime, 'rjust', self, args),
  zfill(runtime, self, args) {
    const width = asCount(positionals('zfill', args, 1)[0])
    const missing = width - lengthOf(self)
    if (missing <= 0) return self
    runtime.room(width)
    const sign = /^[+-]/.test(self) ? self[0]! : ''
    return sign + '0'.repeat(missing) + self.slice(sign.length)
  },
}

function plainChange(name: string, change: (text: string) => string): Method<string> {
  return (runtime, self, args) => {
    positionals(name, args, 0)
    runtime.room(self.length)
    return change(self)
  }
}

function textArg(value: Value | undefined): string {
  return value instanceof Uint8Array ? legacyText(value) : asText(value, 'argument')
}

function separatorArg(value: Value | undefined): string {
  const separator = textArg(value)
  if (separator === '') throw raise('ValueError', 'empty separator')
  return separator
}

function most(count: Value | undefined): number {
  return count === undefined ? -1 : Math.max(-1, asCount(count))
}

// The stretch of the text that a search looks at, undefined where the part cannot fit in.
function searched(name: string, self: string, args: Args): { text: string | undefined; part: string; start: number } {
  const [part, from, to] = positionals(name, args, 1, 3)
  const text = textArg(part)
  if (from === undefined) return { text: self, part: text, start: 0 }
  const { start, stop } = searchBounds(from, to, lengthOf(self))
  const fits = stop - start >= lengthOf(text)
  return { text: fits ? self.slice(offsetOf(self, start), offsetOf(self, stop)) : undefined, part: text, start }
}

function found(runtime: Runtime, name: 'find' | 'rfind', self: string, args: Args): bigint {
  runtime.spend(self.length >> 4)
  const { text, part, start } = searched(name, self, args)
  if (text === undefined) return -1n
  const at = name === 'find' ? text.indexOf(part) : text.lastIndexOf(part)
  return at === -1 ? -1n : BigInt(start + indexOf(text, at))
}

function mustBeFound(at: bigint): bigint {
  if (at === -1n) throw raise('ValueError', 'substring not found')
  return at
}

function hasEnd(runtime: Runtime, name: 'startswith' | 'endswith', self: string, args: Args): boolean {
  const [wanted, from, to] = positionals(name, args, 1, 3)
  const candidates = isKind(wanted, 'tuple') ? wanted.items : [wanted!]
  runtime.spend(candidates.length)
  const { start, stop } = searchBounds(from, to, lengthOf(self))
  const text = from === undefined ? self : self.slice(offsetOf(self, start), offsetOf(self, stop))
  return candidates.some((candidate) => {
    const part = candidate instanceof Uint8Array ? legacyText(candidate) : candidate
    if (typeof part !== 'string') {
      throw raise('TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(candidate)}`)
    }
    if (start > stop) return false
    return name === 'startswith' ? text.startsWith(part) : text.endsWith(part)
  })
}

function strip(name: string, self: string, args: Args, sides: 'both' | 'left' | 'right'): string {
  const [characters] = positionals(name, args, 0, 1)
  if (characters === undefined || characters === null) {
    return parts.strip(self, (character) => unicodeAlphabet.isSpace(character.codePointAt(0) ?? 0), sides)
  }
  const stripped = new Set(textArg(characters))
  return parts.strip(self, (character) => stripped.has(character), sides)
}

function pad(runtime: Runtime, name: 'center' | 'ljust' | 'rjust', self: string, args: Args): string {
  const [width, filler] = positionals(name, args, 1, 2)
  const fill = filler === undefined ? ' ' : asText(filler, 'The fill character')
  if (lengthOf(fill) !== 1) throw raise('TypeError', 'The fill character must be exactly one character long')
  const length = lengthOf(self)
  const wanted = asCount(width)
  if (wanted <= length) return self
  runtime.room(wanted)
  const { left, right } = parts.centering(length, wanted)
  if (name === 'ljust') return self + fill.repeat(wanted - length)
  return name === 'rjust' ? fill.repeat(wanted - length) + self : fill.repeat(left) + self + fill.repeat(right)
}
