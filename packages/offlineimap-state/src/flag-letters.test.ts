import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlagLetters } from './flag-letters.ts'

const letters = createFlagLetters({ a: '$Label1', z: 'Work' })

describe('createFlagLetters', () => {
  it('knows the five letters of OfflineIMAP and the customflags', () => {
    expect(letters.flagsOf('DFRSTaz')).toEqual(
      new Set(['\\Draft', '\\Flagged', '\\Answered', '\\Seen', '\\Deleted', '$Label1', 'Work']),
    )
    expect(letters.lettersOf(new Set(['Work', '\\Seen', '\\Flagged', '$Label1']))).toBe('FSaz')
  })

  it('passes over what OfflineIMAP does not keep', () => {
    expect(letters.flagsOf('PSx')).toEqual(new Set(['\\Seen']))
    expect(letters.lettersOf(new Set(['$Forwarded', 'Private', '\\Recent']))).toBe('')
  })

  it('hands out one object for equal sets', () => {
    expect(letters.flagsOf('FS')).toBe(letters.flagsOf('PFS'))
  })

  it('brings back what it wrote', () => {
    fc.assert(
      fc.property(fc.subarray(['D', 'F', 'R', 'S', 'T', 'a', 'z']), (some) => {
        expect(letters.lettersOf(letters.flagsOf(some.join('')))).toBe(some.join(''))
      }),
    )
  })
})
