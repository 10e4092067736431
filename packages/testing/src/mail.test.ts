import { bytesOf, isWhole } from '@mailtide/message-bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyAsRead, mail } from './mail.ts'

describe('mail', () => {
  it('is in wire form: every line ends with CRLF, and no octet is 0', () => {
    fc.assert(
      fc.property(mail, ({ bytes }) => {
        expect(Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '')).not.toMatch(/[\r\n\0]/)
      }),
    )
  })

  it('was received in whole seconds of the past', () => {
    fc.assert(
      fc.property(mail, ({ receivedAt }) => {
        expect(receivedAt.getMilliseconds()).toBe(0)
        expect(receivedAt.getFullYear()).toBeLessThan(2024)
      }),
    )
  })

  it('brings equal headers before different bodies of equal length', () => {
    const texts = new Set(fc.sample(mail, 2000).map(({ bytes }) => Buffer.from(bytes).toString('latin1')))
    const greeting = [...texts].filter((text) => text.endsWith('\r\n\r\nhi\r\n'))
    expect(greeting.some((text) => texts.has(text.replace(/hi\r\n$/, 'ho\r\n')))).toBe(true)
  })
})

describe('bodyAsRead', () => {
  it.each([10, 1_048_576, 1_048_577])('has a whole head up to the limit, else a stream: %i octets', async (size) => {
    const bytes = Buffer.alloc(size, 'mail')
    const body = bodyAsRead(bytes)
    expect(isWhole(body)).toBe(size <= 1_048_576)
    expect(Buffer.compare(await bytesOf(body), bytes)).toBe(0)
  })
})
