import { raise, raiseAbout } from './raised.ts'

/** What to do with what cannot be encoded or decoded. */
export type ErrorPolicy = 'strict' | 'ignore' | 'replace' | 'backslashreplace' | 'xmlcharrefreplace'

const policies = new Set<string>(['strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace'])

type Codec = 'utf-8' | 'ascii' | 'latin-1'

const spellings = new Map<string, Codec>(
  Object.entries({
    utf_8: 'utf-8',
    utf8: 'utf-8',
    u8: 'utf-8',
    utf: 'utf-8',
    cp65001: 'utf-8',
    ascii: 'ascii',
    us_ascii: 'ascii',
    '646': 'ascii',
    latin_1: 'latin-1',
    latin1: 'latin-1',
    latin: 'latin-1',
    l1: 'latin-1',
    iso_8859_1: 'latin-1',
    iso8859_1: 'latin-1',
    iso8859: 'latin-1',
    '8859': 'latin-1',
    cp819: 'latin-1',
  } as const),
)

/** The codec that a name means. */
export function codecOf(name: string): Codec {
  const codec = spellings.get(name.toLowerCase().replace(/[ -]/g, '_'))
  if (codec === undefined) throw raiseAbout('LookupError', 'unknown encoding', `unknown encoding: ${name}`)
  return codec
}

/** The policy that a name means. */
export function policyOf(name: string): ErrorPolicy {
  if (policies.has(name)) return name as ErrorPolicy
  throw raiseAbout('LookupError', 'unknown error handler', `unknown error handler name '${name}'`)
}

/** `text.encode(codec, policy)` */
export function encode(text: string, codec: Codec, policy: ErrorPolicy): Uint8Array {
  if (codec === 'utf-8') return new TextEncoder().encode(text)
  const most = codec === 'ascii' ? 0x7f : 0xff
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if (point <= most) bytes.push(point)
    else bytes.push(...new TextEncoder().encode(substitute(point, codec, policy)))
  }
  return Uint8Array.from(bytes)
}

function substitute(point: number, codec: Codec, policy: ErrorPolicy): string {
  const hex = point.toString(16)
  switch (policy) {
    case 'strict':
      throw raise('UnicodeEncodeError', `'${codec}' codec can't encode a character: ordinal not in range`)
    case 'ignore':
      return ''
    case 'replace':
      return '?'
    case 'xmlcharrefreplace':
      return `&#${point};`
    case 'backslashreplace':
      if (point <= 0xff) return `\\x${hex.padStart(2, '0')}`
      return point <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
  }
}

/** `bytes.decode(codec, policy)` */
export function decode(bytes: Uint8Array, codec: Codec, policy: ErrorPolicy): string {
  if (codec === 'utf-8') return decodeUtf8(bytes, policy)
  let text = ''
  for (const byte of bytes)
    text += codec === 'ascii' && byte > 0x7f ? undecodable(codec, [byte], policy) : String.fromCharCode(byte)
  return text
}

function undecodable(codec: Codec, bytes: Iterable<number>, policy: ErrorPolicy): string {
  switch (policy) {
    case 'strict':
      throw raise('UnicodeDecodeError', `'${codec}' codec can't decode a byte`)
    case 'ignore':
      return ''
    case 'replace':
      return '\ufffd'
    case 'backslashreplace':
      return Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')
    case 'xmlcharrefreplace':
      throw raise('TypeError', "don't know how to handle UnicodeDecodeError in error callback")
  }
}

/** UTF-8 to text; a broken sequence counts once for each of its longest valid beginnings, as in Python. */
export function decodeUtf8(bytes: Uint8Array, policy: ErrorPolicy): string {
  let text = ''
  let from = 0
  for (let at = 0; at < bytes.length; ) {
    const { length, complete } = sequenceAt(bytes, at)
    if (!complete) {
      const broken = bytes.subarray(at, at + length)
      text += plainUtf8(bytes.subarray(from, at)) + undecodable('utf-8', broken, policy)
      from = at + length
    }
    at += length
  }
  return text + plainUtf8(bytes.subarray(from))
}

function plainUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

// The table of well-formed sequences of the Unicode standard (3-7): which second bytes each first byte takes.
function sequenceAt(bytes: Uint8Array, at: number): { length: number; complete: boolean } {
  const first = bytes[at] ?? 0
  if (first < 0x80) return { length: 1, complete: true }
  const wanted =
    first >= 0xc2 && first <= 0xdf ? 1 : first >= 0xe0 && first <= 0xef ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0
  if (wanted === 0) return { length: 1, complete: false }
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  for (let index = 1; index <= wanted; index++) {
    const byte = bytes[at + index] ?? 0
    const fits = index === 1 ? byte >= least && byte <= most : byte >= 0x80 && byte <= 0xbf
    if (!fits) return { length: index, complete: false }
  }
  return { length: wanted + 1, complete: true }
}
