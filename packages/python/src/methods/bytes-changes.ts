import type { Runtime } from '../runtime.ts'
import { asCount, bound, positionals } from '../values/args.ts'
import { fromBytes, toBytes } from '../values/latin1.ts'
import { raise } from '../values/raised.ts'
import type { Args, Value } from '../values/value.ts'
import { asciiAlphabet } from './alphabets.ts'
import { latinArg } from './bytes.ts'
import type { Method } from './table.ts'
import * as parts from './text-parts.ts'

/** The methods of bytes that make other bytes, or answer what they are like. Letters are those of ASCII. */
export const bytesChanges: Readonly<Record<string, Method<Uint8Array>>> = {
  capitalize: change('capitalize', (text) => upper(text.slice(0, 1)) + lower(text.slice(1))),
  lower: change('lower', lower),
  swapcase: change('swapcase', (text) =>
    text.replace(/[a-z]+|[A-Z]+/g, (run) => (/[a-z]/.test(run) ? upper(run) : lower(run))),
  ),
  title: change('title', (text) =>
    text.replace(/[a-zA-Z]+/g, (word) => upper(word.slice(0, 1)) + lower(word.slice(1))),
  ),
  upper: change('upper', upper),
  isalnum: test('isalnum', /^[a-zA-Z0-9]+$/),
  isalpha: test('isalpha', /^[a-zA-Z]+$/),
  isascii: test('isascii', /^[\x00-\x7f]*$/),
  isdigit: test('isdigit', /^[0-9]+$/),
  islower: test('islower', /^[^A-Z]*[a-z][^A-Z]*$/),
  isspace: test('isspace', /^[ \t-\r]+$/),
  istitle: test('istitle', /^[^a-zA-Z]*([A-Z][a-z]*([^a-zA-Z]+|$))+$/),
  isupper: test('isupper', /^[^a-z]*[A-Z][^a-z]*$/),
  expandtabs(runtime, self, args) {
    const [size] = bound('expandtabs', args, ['tabsize'])
    return toBytes(parts.expandTabs(runtime, fromBytes(self), size === undefined ? 8 : asCount(size)))
  },
  replace(runtime, self, args) {
    const [old, by, count] = positionals('replace', args, 2, 3)
    const most = count === undefined ? -1 : Math.max(-1, asCount(count))
    return toBytes(parts.replaceParts(runtime, fromBytes(self), [latinArg(old), latinArg(by)], most))
  },
  removeprefix(_, self, args) {
    const prefix = latinArg(positionals('removeprefix', args, 1)[0])
    return fromBytes(self).startsWith(prefix) ? self.slice(prefix.length) : self
  },
  removesuffix(_, self, args) {
    const suffix = latinArg(positionals('removesuffix', args, 1)[0])
    return fromBytes(self).endsWith(suffix) ? self.slice(0, self.length - suffix.length) : self
  },
  strip: (_, self, args) => strip('strip', self, args, 'both'),
  lstrip: (_, self, args) => strip('lstrip', self, args, 'left'),
  rstrip: (_, self, args) => strip('rstrip', self, args, 'right'),
  center: (runtime, self, args) => pad(runtime, 'center', self, args),
  ljust: (runtime, self, args) => pad(runtime, 'ljust', self, args),
  rjust: (runtime, self, args) => pad(runtime, 'rjust', self, args),
  zfill(runtime, self, args) {
    const width = asCount(positionals('zfill', args, 1)[0])
    if (width <= self.length) return self
    runtime.room(width)
    const text = fromBytes(self)
    const sign = /^[+-]/.test(text) ? text.slice(0, 1) : ''
    return toBytes(sign + '0'.repeat(width - text.length) + text.slice(sign.length))
  },
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (run) => run.toUpperCase())
}

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (run) => run.toLowerCase())
}

function change(name: string, make: (text: string) => string): Method<Uint8Array> {
  return (runtime, self, args) => {
    positionals(name, args, 0)
    runtime.room(self.length)
    return toBytes(make(fromBytes(self)))
  }
}

function test(name: string, pattern: RegExp): Method<Uint8Array> {
  return (_, self, args) => {
    positionals(name, args, 0)
    return pattern.test(fromBytes(self))
  }
}

function strip(name: string, self: Uint8Array, args: Args, sides: 'both' | 'left' | 'right'): Value {
  const [bytes] = positionals(name, args, 0, 1)
  const stripped = bytes === undefined || bytes === null ? undefined : new Set(latinArg(bytes))
  const isStripped = (character: string) => stripped?.has(character) ?? asciiAlphabet.isSpace(character.charCodeAt(0))
  return toBytes(parts.strip(fromBytes(self), isStripped, sides))
}

function pad(runtime: Runtime, name: 'center' | 'ljust' | 'rjust', self: Uint8Array, args: Args): Value {
  const [width, filler] = positionals(name, args, 1, 2)
  const fill = filler === undefined ? ' ' : latinArg(filler)
  if (fill.length !== 1) throw raise('TypeError', `${name}() argument 2 must be a byte string of length 1`)
  const wanted = asCount(width)
  if (wanted <= self.length) return self
  runtime.room(wanted)
  const { left, right } = parts.centering(self.length, wanted)
  const missing = wanted - self.length
  const [before, after] = name === 'ljust' ? [0, missing] : name === 'rjust' ? [missing, 0] : [left, right]
  return toBytes(fill.repeat(before) + fromBytes(self) + fill.repeat(after))
}
