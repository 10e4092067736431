import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlagInterner, equalFlags, type FlagSet, flagsBetween, mergeFlags, sortedFlags } from './flags.ts'

const flags = fc.subarray(['\\Seen', '\\Flagged', '\\Draft', '$Work', 'work']).map((names): FlagSet => new Set(names))

describe('mergeFlags', () => {
  it('does not care which side is which', () => {
    fc.assert(
      fc.property(flags, flags, flags, (base, a, b) => {
        expect(equalFlags(mergeFlags(base, a, b), mergeFlags(base, b, a))).toBe(true)
      }),
    )
  })

  it('follows the only side that did something', () => {
    fc.assert(
      fc.property(flags, flags, (base, now) => {
        expect(equalFlags(mergeFlags(base, now, base), now)).toBe(true)
      }),
    )
  })

  it('is settled once both sides have what it says', () => {
    fc.assert(
      fc.property(flags, flags, flags, (base, a, b) => {
        const merged = mergeFlags(base, a, b)
        expect(equalFlags(mergeFlags(merged, merged, merged), merged)).toBe(true)
      }),
    )
  })

  it.each([
    { why: 'both sides added', base: [], local: ['\\Seen'], remote: ['$Work'], merged: ['\\Seen', '$Work'] },
    { why: 'both dropped the same', base: ['\\Seen'], local: [], remote: [], merged: [] },
    {
      why: 'one adds while the other drops',
      base: ['\\Seen'],
      local: ['\\Seen', '\\Flagged'],
      remote: [],
      merged: ['\\Flagged'],
    },
  ])('$why', ({ base, local, remote, merged }) => {
    expect(mergeFlags(new Set(base), new Set(local), new Set(remote))).toEqual(new Set(merged))
  })
})

describe('flagsBetween', () => {
  it('leads from one set to the other', () => {
    fc.assert(
      fc.property(flags, flags, (from, to) => {
        const { add, drop } = flagsBetween(from, to)
        expect(equalFlags(from.difference(drop).union(add), to)).toBe(true)
      }),
    )
  })
})

describe('createFlagInterner', () => {
  it('answers one and the same set for equal flags', () => {
    const intern = createFlagInterner()
    expect(intern(['\\Seen', '$Work'])).toBe(intern(new Set(['$Work', '\\Seen'])))
    expect(sortedFlags(intern(['b', 'a', 'b']))).toEqual(['a', 'b'])
  })
})
