import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { preparePassword } from './prepare-password.ts'

describe('preparePassword', () => {
  // RFC 4013, 3
  it.each([
    { password: 'I\u00adX', prepared: 'IX' },
    { password: 'user', prepared: 'user' },
    { password: 'USER', prepared: 'USER' },
    { password: '\u00aa', prepared: 'a' },
    { password: '\u2168', prepared: 'IX' },
    { password: 'a\u00a0b', prepared: 'a b' },
    { password: 'e\u0301', prepared: 'é' },
  ])('spells $password as $prepared', ({ password, prepared }) => {
    expect(preparePassword(password)).toBe(prepared)
  })

  it('leaves alone what is forbidden', () => {
    expect(preparePassword('\u2168\u0007')).toBe('\u2168\u0007')
  })

  it('changes nothing a second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (password) => {
        const once = preparePassword(password)
        expect(preparePassword(once)).toBe(once)
      }),
    )
  })
})
