import { describe, expect, it } from 'vitest'
import { compare } from '../test/compare.ts'
import { programs } from '../test/programs.ts'
import { whyNoPython } from '../test/python3.ts'

const missing = whyNoPython()

describe('a pythonfile against a real python3', () => {
  it.for(programs)('has the same $about', ({ text, ask }, ctx) => {
    if (missing) ctx.skip(missing)
    const { differences, declined } = compare(text, ask)
    expect(differences).toEqual([])
    expect(declined).toEqual([])
  })
})
