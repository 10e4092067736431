import { describe, expect, it } from 'vitest'
import { parseRc } from './parse-rc.ts'

describe('parseRc', () => {
  it.each([
    ['[a]\nx = 1\n', undefined, undefined],
    ['[a]\nx = 1\nx = 2\n', 'DuplicateOptionError', undefined],
    ['[a]\n[b]\n[a]\n', 'DuplicateSectionError', undefined],
    ['[a]\nnothing\nx = 1\nX = 2\n', 'DuplicateOptionError', 'ParsingError'],
    ['x = 1\n[a]\n', 'MissingSectionHeaderError', 'MissingSectionHeaderError'],
    ['\ufeff[a]\nx = 1\n', 'MissingSectionHeaderError', undefined],
  ])('knows for what Python refuses %j', (text, fault, lenientFault) => {
    const parsed = parseRc(text, 'rc')
    expect([parsed.fault, parsed.lenientFault]).toEqual([fault, lenientFault])
  })

  it('keeps the line of each row', () => {
    const { rc } = parseRc('[a]\nx =\n  1\n  # no\n\n  2\ny = 3', 'rc')
    expect(rc.raw('a', 'x')).toMatchObject({ value: '\n1\n\n2', rows: [2, 3, 5, 6] })
  })
})
