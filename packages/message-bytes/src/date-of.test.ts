import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOf } from './date-of.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const dateIn = (value: string) => dateOf(bytes(`Subject: x\r\nDate: ${value}\r\n\r\nbody`))
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number) => String(value).padStart(2, '0')

describe('dateOf', () => {
  it('reads what RFC 5322 writes, in every zone', () => {
    const moment = fc.date({
      min: new Date('1981-01-03T00:00:00Z'),
      max: new Date('9999-12-29T00:00:00Z'),
      noInvalidDate: true,
    })
    const zone = fc.tuple(fc.constantFrom('+', '-'), fc.nat(14), fc.nat(59))
    fc.assert(
      fc.property(moment, zone, fc.boolean(), (date, [sign, hours, minutes], hasDay) => {
        date.setUTCMilliseconds(0)
        const offset = (hours * 60 + minutes) * (sign === '-' ? -1 : 1)
        const there = new Date(date.getTime() + offset * 60_000)
        const day = hasDay ? 'Mon, ' : ''
        const time = [there.getUTCHours(), there.getUTCMinutes(), there.getUTCSeconds()].map(two).join(':')
        const written = `${day}${there.getUTCDate()} ${months[there.getUTCMonth()]} ${there.getUTCFullYear()} ${time} ${sign}${two(hours)}${two(minutes)}`
        expect(dateIn(written)).toEqual(date)
      }),
    )
  })

  it.each([
    { value: 'Thu, 29 Feb 2024 12:00:00 +0000', date: '2024-02-29T12:00:00Z' },
    { value: 'Thu, 29 Feb 2024 12:00 -0130', date: '2024-02-29T13:30:00Z' },
    { value: '1 Jan 2000 00:00:60 +0000', date: '2000-01-01T00:01:00Z' },
    { value: 'Fri, 21 Nov 97 09(comment):   55  :  06 -0600', date: '1997-11-21T15:55:06Z' },
    { value: 'Tue, 01 Jul 103 10:00:00 GMT', date: '2003-07-01T10:00:00Z' },
    { value: 'Tue, 1 Jul 03 10:00:00 EDT', date: '2003-07-01T14:00:00Z' },
    { value: 'Tue, 1 Jul 49 10:00:00 UT', date: '2049-07-01T10:00:00Z' },
    { value: 'Tue, 1 Jul 2003 10:00:00 Z', date: '2003-07-01T10:00:00Z' },
    { value: 'Tue, 1 Jul 2003 10:00:00 K', date: '2003-07-01T10:00:00Z' },
    { value: 'Tue, 1 Jul 2003 10:00:00', date: '2003-07-01T10:00:00Z' },
    { value: 'Tue,\r\n 1 Jul\r\n\t2003 10:00:00 -0000', date: '2003-07-01T10:00:00Z' },
    { value: '(a (nested \\) one)) 1 Jul 2003 10:00:00 +0200 (CEST)', date: '2003-07-01T08:00:00Z' },
    { value: 'tue,1 JUL 2003 10:00:00 GMT+0200', date: '2003-07-01T08:00:00Z' },
    { value: 'Tuesday, 01-July-2003 10:00:00.123 pst', date: '2003-07-01T18:00:00Z' },
    { value: '31 Dec 1980 23:59:59 -1200', date: undefined },
    { value: '1 Jan 1981 00:00:00 +0000', date: '1981-01-01T00:00:00Z' },
    { value: 'Thu, 1 Jan 1970 00:00:00 +0000', date: undefined },
    { value: '29 Feb 2023 12:00:00 +0000', date: undefined },
    { value: '31 Apr 2023 12:00:00 +0000', date: undefined },
    { value: '0 Apr 2023 12:00:00 +0000', date: undefined },
    { value: '1 Foo 2023 12:00:00 +0000', date: undefined },
    { value: '1 Apr 2023 24:00:00 +0000', date: undefined },
    { value: '1 Apr 2023 12:60:00 +0000', date: undefined },
    { value: '1 Apr 2023 12:00:61 +0000', date: undefined },
    { value: '1 Apr 2023 12:00:00 +0160', date: undefined },
    { value: '1 Apr 12023 12:00:00 +0000', date: undefined },
    { value: '1 Apr 2023', date: undefined },
    { value: 'now', date: undefined },
    { value: '', date: undefined },
    { value: '(never closed', date: undefined },
  ])('reads "$value" as $date', ({ value, date }) => {
    expect(dateIn(value)?.toISOString()).toBe(date === undefined ? undefined : new Date(date).toISOString())
  })

  it.each([
    { why: 'names in any case, in Unix form', head: 'DATE: 1 Jul 2003 10:00:00 +0000\n\n', found: true },
    { why: 'a blank before the colon', head: 'Date : 1 Jul 2003 10:00:00 +0000\r\n\r\n', found: true },
    { why: 'a header without an end', head: 'Date: 1 Jul 2003 10:00:00 +0000', found: true },
    { why: 'the first of two', head: 'Date: 1 Jul 2003 10:00:00 +0000\r\nDate: never\r\n\r\n', found: true },
    { why: 'not the second of two', head: 'Date: never\r\nDate: 1 Jul 2003 10:00:00 +0000\r\n\r\n', found: false },
    { why: 'no other header', head: 'X-Date: 1 Jul 2003 10:00:00 +0000\r\n\r\n', found: false },
    { why: 'nothing behind the blank line', head: 'A: 1\r\n\r\nDate: 1 Jul 2003 10:00:00 +0000\r\n', found: false },
    { why: 'nothing in nothing', head: '', found: false },
  ])('reads $why', ({ head, found }) => {
    expect(dateOf(bytes(head))).toEqual(found ? new Date('2003-07-01T10:00:00Z') : undefined)
  })

  it('reads another field that holds a date', () => {
    const head = bytes('Date: never\r\nDelivery-date: Tue, 1 Jul 2003 10:00:00 +0000\r\n\r\n')
    expect(dateOf(head, 'Delivery-Date')).toEqual(new Date('2003-07-01T10:00:00Z'))
  })

  it('never fails, and never takes long, whatever stands there', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void dateOf(Buffer.from(`Date: ${text}`))))
    expect(dateIn('('.repeat(100_000))).toBeUndefined()
    expect(dateIn(`Mon, ${' '.repeat(100_000)}1${'1 '.repeat(100_000)}`)).toBeUndefined()
  })
})
