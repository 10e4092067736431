import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutSecrets } from './without-secrets.ts'

describe('withoutSecrets', () => {
  it.each([
    { text: 'NO hunter2 is wrong', shown: 'NO [secret] is wrong' },
    { text: `BAD ${Buffer.from('hunter2').toString('base64')}`, shown: 'BAD [secret]' },
    { text: 'nothing', shown: 'nothing' },
  ])('$text', ({ text, shown }) => {
    expect(withoutSecrets(text, ['', 'hunter2'])).toBe(shown)
  })

  it('finds what is secret within base64, whatever stands before and behind', () => {
    const text = fc.string({ maxLength: 20 })
    const secret = fc.string({ minLength: 6, maxLength: 40, unit: fc.constantFrom('a', 'Z', '7', '%', 'é', '"') })
    fc.assert(
      fc.property(text, secret, text, (before, hidden, behind) => {
        const base64 = Buffer.from(before + hidden + behind).toString('base64')
        const shown = withoutSecrets(`AUTHENTICATE PLAIN ${base64}`, [hidden])
        const [head = '', ...rest] = shown.split('[secret]')
        const left = [head.slice('AUTHENTICATE PLAIN '.length), ...rest].join('').length
        expect(base64.length - left).toBeGreaterThanOrEqual(Math.floor((Buffer.byteLength(hidden) * 4) / 3) - 2)
      }),
    )
  })
})
