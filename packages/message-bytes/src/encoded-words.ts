/**
 * RFC 2047 for a row of words that are parted by something: a space or a comma.
 *
 * In a `Q` word, what is written as itself (`,` and `_` for a space) parts the row, what is written `=2C` or `=20`
 * belongs to a word. Other programs see the same text and may part it differently; here nothing is lost.
 */

const encodedWord = /=\?([^?\s]+)\?([QqBb])\?([^?\s]*)\?=/g
const between = /(=\?[^?\s]+\?[QqBb]\?[^?\s]*\?=)[ \t]+(?==\?[^?\s]+\?[QqBb]\?[^?\s]*\?=)/g

// While a row is taken apart, octet n that belongs to a word stands as this code point and n; half a surrogate pair never
// comes out of a decoder, so nothing else can look like it.
const kept = 0xd800
const keptOctet = /[\ud800-\ud87f](?![\udc00-\udfff])/g

/** A text with its encoded words decoded, where what belongs to a word cannot be taken for what parts them. */
export function decodeWords(text: string): string {
  return text
    .replace(between, '$1')
    .replace(encodedWord, (word, charset: string, encoding: string, content: string) => {
      const label = charset.replace(/\*.*/, '')
      const octets = encoding.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : undefined
      return (octets ? decodeOctets(label, octets) : decodeQ(label, content)) ?? word
    })
}

/** A word of the row as it was before it was encoded. */
export function restoreKept(text: string): string {
  return text.replace(keptOctet, (unit) => String.fromCharCode(unit.charCodeAt(0) - kept))
}

function decodeQ(charset: string, content: string): string | undefined {
  let decoded = ''
  for (const [part] of content.matchAll(/(?:=[89A-F][0-9A-F])+|=[0-7][0-9A-F]|./gis)) {
    const octets = Buffer.from(part.replaceAll('=', ''), 'hex')
    if (part === '_') decoded += ' '
    else if (part.length < 3) decoded += part
    else if (octets.length === 1 && (octets[0] ?? 0) < 0x80) decoded += String.fromCharCode(kept + (octets[0] ?? 0))
    else {
      const text = decodeOctets(charset, octets)
      if (text === undefined) return undefined
      decoded += text
    }
  }
  return decoded
}

function decodeOctets(charset: string, octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset).decode(octets)
  } catch (thrown) {
    // Nobody knows this charset: the word stays as it is.
    if (thrown instanceof RangeError) return undefined
    throw thrown
  }
}

// RFC 2047, 2: an encoded word has at most 75 characters; 12 of them here are not content, and 2 may part it from the next.
const longestContent = 75 - 12 - 2

/** A text as encoded words of whole characters, each as short as it has to be. */
export function encodeWords(text: string): string[] {
  const contents: string[] = ['']
  for (const character of text) {
    const encoded = encodeCharacter(character)
    const last = contents.length - 1
    if ((contents[last] ?? '').length + encoded.length > longestContent) contents.push(encoded)
    else contents[last] += encoded
  }
  return contents.map(asWord)
}

/** Puts what parts two words at the end of an encoded one, as itself. */
export function withParting(word: string, parting: string): string {
  return `${word.slice(0, -2)}${parting.replaceAll(' ', '_')}?=`
}

function asWord(content: string): string {
  return `=?utf-8?Q?${content}?=`
}

function encodeCharacter(character: string): string {
  if (/^[A-Za-z0-9!*+/-]$/.test(character)) return character
  return [...Buffer.from(character)].map((octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
}
