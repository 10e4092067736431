import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatSequenceSet, isInRanges, parseSequenceSet, resolveSequenceSet } from './sequence-set.ts'

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 })).map((list) => list.sort((a, b) => a - b))

describe('sequence sets', () => {
  it.each([
    { text: '1', last: 9, ranges: [[1, 1]] },
    { text: '3:1', last: 9, ranges: [[1, 3]] },
    { text: '*', last: 9, ranges: [[9, 9]] },
    { text: '7:*', last: 9, ranges: [[7, 9]] },
    { text: '12:*', last: 9, ranges: [[9, 12]] },
    { text: '*:4', last: 9, ranges: [[4, 9]] },
    {
      text: '5,1:2,3',
      last: 9,
      ranges: [
        [1, 3],
        [5, 5],
      ],
    },
  ])('$text of $last is $ranges', ({ text, last, ranges }) => {
    const resolved = resolveSequenceSet(parseSequenceSet(text)!, last)
    expect(resolved.map(({ from, to }) => [from, to])).toEqual(ranges)
  })

  it.each(['', '0', '1,', '1::2', 'a', '1:2:3', '-1'])('%j is none', (text) => {
    expect(parseSequenceSet(text)).toBeUndefined()
  })

  it('hold the numbers they were written from, and no others', () => {
    fc.assert(
      fc.property(numbers, (list) => {
        fc.pre(list.length > 0)
        const ranges = resolveSequenceSet(parseSequenceSet(formatSequenceSet(list))!, 0)
        const held = Array.from({ length: 61 }, (_, number) => number).filter((number) => isInRanges(ranges, number))
        expect(held).toEqual(list)
      }),
    )
  })
})
