import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmlessText } from './harmless-text.ts'

describe('harmlessText', () => {
  it.each([
    { why: 'takes colours away', said: '\x1b[1;31merror:\x1b[0m no', shown: 'error: no' },
    { why: 'takes a title away', said: '\x1b]0;title\x07x', shown: 'x' },
    { why: 'joins lines', said: 'a\r\n\n  b\tc \n', shown: 'a | b c' },
    { why: 'keeps other alphabets', said: 'Schlüssel 鍵', shown: 'Schlüssel 鍵' },
  ])('$why', ({ said, shown }) => {
    expect(harmlessText(Buffer.from(said))).toBe(shown)
  })

  it('leaves no control character, whatever it is given', () => {
    const awkward = fc.constantFrom('\x1b', '[', ']', 'm', '0', '\x07', '\x9b', '\u202e', '\u2028', '\0', '\n', 'ä')
    const text = fc.array(awkward).map((characters) => Buffer.from(characters.join('')))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), text), (said) => {
        expect(harmlessText(said)).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u)
      }),
    )
  })
})
