import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isInside, isWider } from './window.ts'

const day = (number: number) => new Date(number * 86_400_000)
const windows = fc.record(
  { since: fc.integer({ min: 1, max: 4 }).map(day), maxSize: fc.integer({ min: 1, max: 4 }) },
  { requiredKeys: [] },
)
const measures = fc.record({
  size: fc.integer({ min: 0, max: 5 }),
  receivedAt: fc.integer({ min: 0, max: 5 }).map(day),
})

describe('a window', () => {
  it.each([
    { why: 'at its first instant', window: { since: day(2) }, measure: { size: 1, receivedAt: day(2) }, inside: true },
    { why: 'before it', window: { since: day(2) }, measure: { size: 1, receivedAt: day(1) }, inside: false },
    { why: 'of no known date', window: { since: day(2) }, measure: { size: 1 }, inside: true },
    { why: 'of just the size', window: { maxSize: 5 }, measure: { size: 5 }, inside: true },
    { why: 'too big', window: { maxSize: 5 }, measure: { size: 6 }, inside: false },
    { why: 'of any kind, without limits', window: {}, measure: { size: 10 ** 9, receivedAt: day(0) }, inside: true },
  ])('knows whether a message is inside: $why', ({ window, measure, inside }) => {
    expect(isInside(window, measure)).toBe(inside)
  })

  it('that is not wider wants nothing that the other one left out', () => {
    fc.assert(
      fc.property(windows, windows, measures, (now, before, measure) => {
        if (!isWider(now, before) && isInside(now, measure)) expect(isInside(before, measure)).toBe(true)
      }),
    )
  })

  it('is not wider than itself, nor for moving on', () => {
    fc.assert(fc.property(windows, (window) => !isWider(window, window)))
    expect(isWider({ since: day(3) }, { since: day(2) })).toBe(false)
    expect(isWider({ since: day(2) }, { since: day(3) })).toBe(true)
    expect(isWider({}, { maxSize: 3 })).toBe(true)
    expect(isWider({ maxSize: 3 }, {})).toBe(false)
  })
})
