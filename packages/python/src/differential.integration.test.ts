import { describe, expect, it } from 'vitest'
import { compareExpressions, compareRegexes, compareValues } from '../test/compare.ts'
import { whyNoPython } from '../test/python3.ts'

const missing = whyNoPython()

describe('against a real python3', () => {
  it('expressions come to the same value, or fail with the same exception', (ctx) => {
    if (missing) ctx.skip(missing)
    const { differences, declined, values } = compareExpressions(3000, 1)
    expect(differences).toEqual([])
    expect(declined.length).toBeLessThan(10)
    expect(values).toBeGreaterThan(1200)
  })

  it('numbers, formats, bytes and sets come to the same', (ctx) => {
    if (missing) ctx.skip(missing)
    const { differences, values } = compareValues(3000, 1)
    expect(differences).toEqual([])
    expect(values).toBeGreaterThan(2000)
  })

  it('regular expressions match, split and replace alike', (ctx) => {
    if (missing) ctx.skip(missing)
    const { differences, declined, values } = compareRegexes(2000, 1)
    expect(differences).toEqual([])
    expect(declined).toEqual([])
    expect(values).toBeGreaterThan(800)
  })
})
