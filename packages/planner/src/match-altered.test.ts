import { messageId } from '@mailtide/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alteredSizes, isAlteredForm, matchAltered } from './match-altered.ts'

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const blank = '\r\n\r\n'

const octets = fc.string({ unit: fc.constantFrom('a', 'X', 'é', '\xff', '\r\n', ' ', '-') })
const messages = fc.tuple(octets, octets, fc.boolean()).map(([header, body, isEnded]) => ({
  header: `Subject: ${header.replaceAll(/(\r\n)+/g, '\r\n ')}`,
  body: isEnded ? `${body}\r\n` : body,
}))

/** As Cyrus stores it. */
const munged = (text: string) => text.replaceAll(/[^\0-\x7f]/g, 'X')
/** As Courier stores it. */
const ended = (text: string) => (text.endsWith('\n') ? text : `${text}\r\n`)

describe('isAlteredForm', () => {
  it('knows the forms that Cyrus and Courier store', () => {
    fc.assert(
      fc.property(messages, ({ header, body }) => {
        const whole = `${header}${blank}${body}`
        const forms = new Set([
          `${munged(header)}${blank}${body}`,
          ended(whole),
          ended(`${munged(header)}${blank}${body}`),
        ])
        forms.delete(whole)
        for (const form of forms) {
          expect(isAlteredForm(bytes(form), bytes(whole))).toBe(true)
          expect(alteredSizes(bytes(whole))).toContain(form.length)
        }
      }),
    )
  })

  it('takes no two messages for one whose bodies differ otherwise', () => {
    fc.assert(
      fc.property(messages, messages, (one, other) => {
        const [stored, original] = [one, other].map(({ header, body }) => `${header}${blank}${body}`) as [
          string,
          string,
        ]
        if (!isAlteredForm(bytes(stored), bytes(original))) return
        expect(ended(one.body)).toBe(ended(other.body))
        expect(munged(one.header)).toBe(munged(other.header))
        expect(stored).not.toBe(original)
      }),
      { numRuns: 2000 },
    )
  })

  it('takes no message for another after any one octet of its body has changed', () => {
    fc.assert(
      fc.property(messages, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ header, body }, place, change) => {
        fc.pre(body.length > 0)
        const original = bytes(`${header}${blank}${body}`)
        const stored = bytes(ended(`${munged(header)}${blank}${body}`))
        const at = header.length + blank.length + (place % body.length)
        stored[at] = (stored[at]! + change) % 256
        expect(isAlteredForm(stored, original)).toBe(false)
      }),
    )
  })

  it.each([
    { why: 'some octets replaced, others kept', stored: `S: Xé${blank}b\r\n`, original: `S: éé${blank}b\r\n` },
    { why: 'an X for an octet of ASCII', stored: `S: X${blank}b\r\n`, original: `S: a${blank}b\r\n` },
    { why: 'an X in the body', stored: `S: a${blank}X\r\n`, original: `S: a${blank}é\r\n` },
    { why: 'a line end more where there was one', stored: `S: a${blank}b\r\n\r\n`, original: `S: a${blank}b\r\n` },
    { why: 'another end than a line end', stored: `S: a${blank}b--`, original: `S: a${blank}b` },
    { why: 'the same octets', stored: `S: a${blank}b\r\n`, original: `S: a${blank}b\r\n` },
    { why: 'the original in place of what is stored', stored: `S: a${blank}b`, original: `S: a${blank}b\r\n` },
  ])('is no $why', ({ stored, original }) => {
    expect(isAlteredForm(bytes(stored), bytes(original))).toBe(false)
  })
})

describe('matchAltered', () => {
  it('uses each message once', () => {
    const whole = (id: string, text: string) => ({ id: messageId(id), bytes: bytes(text) })
    const open = `S: a${blank}b`
    const originals = [whole('a', open), whole('b', open), whole('c', open), whole('d', `S: é${blank}b\r\n`)]
    const stored = [whole('1', `${open}\r\n`), whole('2', `${open}\r\n`), whole('3', `S: X${blank}b\r\n`)]
    expect([...matchAltered(originals, stored)]).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['d', '3'],
    ])
  })
})
