import { messageId } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countInRanges, isInRanges, parseUidRanges, splitUids, uidsOf } from './uid-set.ts'

const uids = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 0xffff_ffff })))
const sorted = uids.map((list) => [...list].sort((a, b) => a - b))

describe('splitUids', () => {
  it('names all UIDs, no others, in sets within the limits', () => {
    const limits = fc.record({ characters: fc.integer({ min: 21, max: 60 }), messages: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(sorted, limits, (list, limit) => {
        const sets = splitUids(list, limit)
        expect(sets.flatMap((set) => set.uids)).toEqual(list)
        for (const { text, uids: part } of sets) {
          expect(text.length).toBeLessThanOrEqual(limit.characters)
          expect(part.length).toBeLessThanOrEqual(limit.messages)
          const ranges = parseUidRanges(text)
          expect(countInRanges(ranges)).toBe(part.length)
          expect(part.every((uid) => isInRanges(ranges, uid))).toBe(true)
        }
      }),
    )
  })

  it.each([
    { uids: [], texts: [] },
    { uids: [5], texts: ['5'] },
    { uids: [1, 2, 3, 7, 9, 10], texts: ['1:3,7,9:10'] },
  ])('writes $uids as $texts', ({ uids, texts }) => {
    expect(splitUids(uids).map(({ text }) => text)).toEqual(texts)
  })
})

describe('parseUidRanges', () => {
  it.each([
    { text: '1:3,7', ranges: [1, 3, 7, 7] },
    { text: '7,3:1,4', ranges: [1, 4, 7, 7] },
    { text: ' 5 , 6:x,*', ranges: [5, 5] },
    { text: '', ranges: [] },
  ])('reads $text', ({ text, ranges }) => {
    expect(parseUidRanges(text)).toEqual(ranges)
  })

  it('holds just what is in it', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: 1, max: 70 }), (list, uid) => {
        expect(isInRanges(parseUidRanges(list.join()), uid)).toBe(list.includes(uid))
      }),
    )
  })
})

describe('uidsOf', () => {
  it('sorts, and leaves out what is no UID', () => {
    expect(uidsOf(['10', '9', '9', 'x', '0', '-1', '1.5', '4294967296', ''].map(messageId))).toEqual([9, 10])
  })
})
