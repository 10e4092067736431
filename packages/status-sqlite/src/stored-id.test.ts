import { messageId } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idOf, storedId } from './stored-id.ts'

describe('storedId', () => {
  it('leads back to the id, whatever it is', () => {
    const numbers = fc.bigInt({ min: 0n, max: 2n ** 65n }).map(String)
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          numbers,
          numbers.map((digits) => `0${digits}`),
        ),
        (text) => {
          expect(idOf(storedId(messageId(text)))).toBe(text)
        },
      ),
    )
  })

  it.each([
    { text: '0', stored: 0n },
    { text: '4294967295', stored: 4294967295n },
    { text: '9007199254740991', stored: 9007199254740991n },
    { text: '9007199254740992', stored: '9007199254740992' },
    { text: '007', stored: '007' },
    { text: '-1', stored: '-1' },
    { text: '', stored: '' },
    { text: '1700000000_0.12.host,U=1', stored: '1700000000_0.12.host,U=1' },
  ])('keeps $text as $stored', ({ text, stored }) => {
    expect(storedId(messageId(text))).toBe(stored)
  })
})
