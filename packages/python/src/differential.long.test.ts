import { describe, expect, it } from 'vitest'
import { compareExpressions, compareRegexes, compareValues } from '../test/compare.ts'
import { whyNoPython } from '../test/python3.ts'

const missing = whyNoPython()
const seeds = Array.from({ length: 10 }, (_, index) => index + 100)

describe.each(seeds)('against a real python3, seed %d', (seed) => {
  it('expressions come to the same', { timeout: 300_000 }, (ctx) => {
    if (missing) ctx.skip(missing)
    expect(compareExpressions(30_000, seed).differences).toEqual([])
  })

  it('numbers, formats, bytes and sets come to the same', { timeout: 300_000 }, (ctx) => {
    if (missing) ctx.skip(missing)
    expect(compareValues(30_000, seed).differences).toEqual([])
  })

  it('regular expressions do the same', { timeout: 300_000 }, (ctx) => {
    if (missing) ctx.skip(missing)
    expect(compareRegexes(30_000, seed).differences).toEqual([])
  })
})
