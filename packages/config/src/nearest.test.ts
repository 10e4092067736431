import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'ab', 1],
    ['abc', 'axc', 1],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('%j to %j takes %d', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
  })

  it('is the same both ways, and nought only for equal texts', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('nearest', () => {
  const known = ['remotehost', 'remotepass', 'ssl', 'sync_deletes', 'fsync']
  it.each([
    ['remotehots', 'remotehost'],
    ['remote_host', 'remotehost'],
    ['sync-deletes', 'sync_deletes'],
    ['sssl', 'ssl'],
    ['colour', undefined],
    ['xyz', undefined],
  ])('%s means %s', (name, meant) => {
    expect(nearest(name, known)).toBe(meant)
  })
})
