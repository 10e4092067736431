import { describe, expect, it } from 'vitest'
import { heldDeletions } from './guard.ts'

describe('heldDeletions', () => {
  it.each([
    { why: 'lets a hundred go, though it is all', local: 100, remote: 0, known: 100, held: [] },
    { why: 'lets half go, however many', local: 0, remote: 5000, known: 10000, held: [] },
    { why: 'holds more than a hundred and more than half', local: 101, remote: 0, known: 200, held: ['local'] },
    { why: 'judges each side by itself', local: 3, remote: 900, known: 1000, held: ['remote'] },
  ])('$why', ({ local, remote, known, held }) => {
    expect(heldDeletions({ local, remote }, known)).toEqual(held)
  })
})
