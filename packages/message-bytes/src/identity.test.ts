import { describe, expect, it } from 'vitest'
import { headerLength, identityOf } from './identity.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

describe('headerLength', () => {
  it.each([
    { why: 'ends behind the blank line', text: 'A: 1\r\nB: 2\r\n\r\nbody', length: 14 },
    { why: 'is everything where no blank line is', text: 'A: 1\r\nB: 2', length: 10 },
    { why: 'is the blank line where the message begins with one', text: '\r\nbody\r\n\r\nmore', length: 2 },
    { why: 'is nothing for an empty message', text: '', length: 0 },
  ])('$why', ({ text, length }) => {
    expect(headerLength(bytes(text))).toBe(length)
  })
})

describe('identityOf', () => {
  it('is the same from the header alone and from the whole message', () => {
    expect(identityOf(18, bytes('A: 1\r\nB: 2\r\n\r\n'))).toBe(identityOf(18, bytes('A: 1\r\nB: 2\r\n\r\nbody')))
  })

  it('tells sizes and headers apart', () => {
    const identities = [identityOf(5, bytes('A: 1')), identityOf(6, bytes('A: 1')), identityOf(5, bytes('A: 2'))]
    expect(new Set(identities).size).toBe(3)
  })
})
