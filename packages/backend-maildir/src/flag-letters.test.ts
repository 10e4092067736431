import { type FlagSet, noFlags } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlagLetters } from './flag-letters.ts'

const custom = new Map([
  ['a', '$Work'],
  ['x', 'Junk'],
  ['b', '$Work'],
  ['f', '$Forwarded'],
])
const letters = createFlagLetters(custom)
const flags = fc
  .subarray([
    '\\Seen',
    '\\Answered',
    '\\Flagged',
    '\\Draft',
    '\\Deleted',
    '$Forwarded',
    '$Work',
    'Junk',
    'junk',
    '$Other',
  ])
  .map((each): FlagSet => new Set(each))
const named = fc.uniqueArray(fc.constantFrom(...'DFPRSTabfxyzQ')).map((each) => each.join(''))

describe('flag letters', () => {
  it('stand for flags both ways, as far as they can be stored', () => {
    fc.assert(
      fc.property(flags, (given) => {
        const stored = new Set([...given].filter(letters.canStore))
        expect(letters.flagsOf(letters.change('', given, noFlags))).toEqual(stored)
      }),
    )
  })

  it('change as they are told, and nothing else changes', () => {
    fc.assert(
      fc.property(named, flags, flags, (before, add, dropped) => {
        const drop = dropped.difference(add)
        const after = letters.change(before, add, drop)
        const expected = letters
          .flagsOf(before)
          .union(new Set([...add].filter(letters.canStore)))
          .difference(drop)
        expect(letters.flagsOf(after)).toEqual(expected)
        const unconfigured = (text: string) => [...text].filter((letter) => 'yzQ'.includes(letter)).sort()
        expect(unconfigured(after)).toEqual(unconfigured(before))
      }),
    )
  })

  it('know P as $Forwarded always, and no keyword that nobody gave a letter', () => {
    const plain = createFlagLetters()
    expect(plain.flagsOf('PSa')).toEqual(new Set(['$Forwarded', '\\Seen']))
    expect(plain.change('', new Set(['$Forwarded', '$Work']), noFlags)).toBe('P')
    expect(['$Forwarded', '$Work', 'junk', '\\Recent'].map(plain.canStore)).toEqual([true, false, false, false])
  })

  it('are written as the first letter of a keyword, and dropped with all', () => {
    expect(letters.change('S', new Set(['$Work']), noFlags)).toBe('Sa')
    expect(letters.change('b', new Set(['$Work']), noFlags)).toBe('b')
    expect(letters.change('Pabf', noFlags, new Set(['$Work', '$Forwarded']))).toBe('')
  })

  it.each([
    ['A', '$Work'],
    ['ab', '$Work'],
    ['', '$Work'],
    ['\u00e4', '$Work'],
    ['a', '\\Seen'],
    ['a', ''],
    ['a', 'two words'],
    ['a', 'a]'],
  ])('refuse %j for %j', (letter, keyword) => {
    const failure = { code: 'maildir/custom-flag', scope: 'account', hint: expect.any(String) }
    expect(() => createFlagLetters(new Map([[letter, keyword]]))).toThrow(expect.objectContaining(failure))
  })
})
