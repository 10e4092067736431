import { createSecret } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refreshCandidates } from './refresh-candidates.ts'
import { digestOf, formatTokens, parseTokens } from './tokens.ts'

const secret = fc.string({ unit: 'binary', minLength: 1 }).map(createSecret)

describe('formatTokens', () => {
  it('is undone by parseTokens', () => {
    const date = fc.date({ noInvalidDate: true })
    const tokens = fc.record(
      { accessToken: secret, expiresAt: date, refreshToken: secret, origin: fc.string({ minLength: 1 }) },
      { requiredKeys: ['refreshToken'] },
    )
    fc.assert(
      fc.property(tokens, (some) => {
        const back = parseTokens(formatTokens(some))
        expect(back && formatTokens(back)).toBe(formatTokens(some))
        expect(back?.expiresAt).toEqual(some.expiresAt)
        expect(back?.refreshToken?.reveal()).toBe(some.refreshToken.reveal())
      }),
    )
  })

  it.each(['', '{', 'null', '7', '{}', '{"refresh_token": 7}'])('parseTokens finds nothing in %o', (text) => {
    expect(parseTokens(text)).toBeUndefined()
  })
})

describe('refreshCandidates', () => {
  const stored = (origin?: string) => ({
    refreshToken: createSecret('stored'),
    ...(origin !== undefined && { origin }),
  })
  it.each([
    { why: 'nothing at all', configured: undefined, held: undefined, first: [] },
    { why: 'one that was configured', configured: 'c', held: undefined, first: ['c'] },
    { why: 'one of a login', configured: undefined, held: stored(), first: ['stored'] },
    { why: 'a login, and one that was configured', configured: 'c', held: stored(), first: ['stored', 'c'] },
    { why: 'one that came in place', configured: 'c', held: stored(digestOf('c')), first: ['stored'] },
    { why: 'another one configured since', configured: 'c', held: stored(digestOf('b')), first: ['c'] },
    { why: 'none configured any more', configured: undefined, held: stored(digestOf('b')), first: ['stored'] },
    { why: 'only an access token', configured: 'c', held: { accessToken: createSecret('a') }, first: ['c'] },
  ])('$why', ({ configured, held, first }) => {
    expect(refreshCandidates(configured, held).map(({ refreshToken }) => refreshToken.reveal())).toEqual(first)
  })
})
