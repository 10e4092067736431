import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folderPath, parentsOf, segmentsOf } from './folder-path.ts'

const segment = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.array(fc.constantFrom('%', '2', '5', 'F', '/', '25', '2F', 'a'), { minLength: 1 }).map((parts) => parts.join('')),
)

describe('folderPath', () => {
  it('gives back the segments it was made of', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        expect(segmentsOf(folderPath(segments))).toEqual(segments)
      }),
    )
  })

  it.each([
    { segments: ['Work', 'Projects'], path: 'Work/Projects' },
    { segments: ['R/D'], path: 'R%2FD' },
    { segments: ['100%'], path: '100%' },
    { segments: ['a%2Fb'], path: 'a%252Fb' },
  ])('writes $segments as $path', ({ segments, path }) => {
    expect(folderPath(segments)).toBe(path)
  })
})

describe('parentsOf', () => {
  it('names what is above a folder, outermost first', () => {
    expect(parentsOf(folderPath(['a', 'b', 'c']))).toEqual(['a', 'a/b'])
    expect(parentsOf(folderPath(['a']))).toEqual([])
  })
})
