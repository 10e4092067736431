import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, dayOfHeader, formatDateTime, parseDateTime, parseDay } from './dates.ts'

describe('date-times', () => {
  it('come back as they were, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000_000_000, max: 200_000_000_000 }), (seconds) => {
        const date = new Date(seconds * 1000)
        expect(parseDateTime(formatDateTime(date))).toEqual(date)
      }),
    )
  })

  it.each([
    { text: ' 1-Feb-2026 03:04:05 +0000', iso: '2026-02-01T03:04:05.000Z' },
    { text: '01-feb-2026 03:04:05 +0530', iso: '2026-01-31T21:34:05.000Z' },
    { text: '31-Dec-1999 23:59:59 -0100', iso: '2000-01-01T00:59:59.000Z' },
  ])('$text is $iso', ({ text, iso }) => {
    expect(parseDateTime(text)?.toISOString()).toBe(iso)
  })

  it.each(['', '1-Feb-2026 03:04:05 +0000', ' 1-Foo-2026 03:04:05 +0000', ' 1-Feb-2026'])('%j is none', (text) => {
    expect(parseDateTime(text)).toBeUndefined()
  })
})

describe('days', () => {
  it('are the same from a search and from a moment in it', () => {
    expect(parseDay('1-Feb-2026')).toBe(dayOf(new Date('2026-02-01T23:59:59Z')))
    expect(parseDay('01-Feb-2026')).toBe(dayOf(new Date('2026-02-01T00:00:00Z')))
  })

  it('of a Date header are those it names, whatever the zone', () => {
    expect(dayOfHeader('Sun, 1 Feb 2026 23:59:59 -1100')).toBe(parseDay('1-Feb-2026'))
    expect(dayOfHeader('rubbish')).toBeUndefined()
  })
})
