import { describe, expect, it } from 'vitest'
import { exitCodeOf } from './exit-codes.ts'

const fine = { failures: 0, refusals: 0, held: { deletions: 0, epochs: 0 } }

describe('exitCodeOf', () => {
  it.each([
    { why: 'no account', outcomes: [], code: 0 },
    { why: 'all went well', outcomes: [fine, fine], code: 0 },
    { why: 'one of two failed', outcomes: [fine, { ...fine, failures: 1 }], code: 1 },
    { why: 'a login was refused', outcomes: [fine, { ...fine, failures: 1, refusals: 1 }], code: 4 },
    { why: 'more failed than a login', outcomes: [{ ...fine, failures: 2, refusals: 1 }], code: 1 },
    { why: 'a new UIDVALIDITY', outcomes: [fine, { ...fine, held: { deletions: 0, epochs: 1 } }], code: 2 },
    { why: 'deletions held', outcomes: [{ ...fine, held: { deletions: 9, epochs: 0 } }, fine], code: 3 },
    { why: 'both held', outcomes: [{ ...fine, held: { deletions: 9, epochs: 1 } }], code: 2 },
    { why: 'everything at once', outcomes: [{ failures: 1, refusals: 0, held: { deletions: 9, epochs: 1 } }], code: 1 },
  ])('$why: $code', ({ outcomes, code }) => {
    expect(exitCodeOf(outcomes)).toBe(code)
  })
})
