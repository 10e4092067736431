import { MailtideError } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFetchReader, type FetchRow, peekFetchRow } from './fetch-row.ts'
import { createFlagReader } from './flag-sets.ts'

function read(text: string, ...literals: (Buffer | undefined)[]): FetchRow {
  return { ...createFetchReader(createFlagReader())({ text, at: 0, literals, taken: 0 }) }
}

const date = new Date('1994-02-08T05:52:25Z')

describe('createFetchReader', () => {
  it.each<{ why: string; text: string; literals?: Buffer[]; row: Partial<FetchRow> }>([
    {
      why: 'reads the usual',
      text: ' (UID 7 FLAGS (\\Seen $Work) RFC822.SIZE 12)',
      row: { uid: 7, flags: new Set(['$Work', '\\Seen']), size: 12, hasBody: false },
    },
    { why: 'takes items in any order and case', text: '(flags () uid 7)', row: { uid: 7, flags: new Set() } },
    { why: 'does without a UID', text: '(FLAGS (\\Seen))', row: { uid: 0, flags: new Set(['\\Seen']) } },
    {
      why: 'bears extra spaces',
      text: '  ( UID  7   FLAGS  ( \\Seen  ) )',
      row: { uid: 7, flags: new Set(['\\Seen']) },
    },
    { why: 'leaves out \\Recent', text: '(UID 7 FLAGS (\\Recent \\seen))', row: { flags: new Set(['\\Seen']) } },
    {
      why: 'reads labels, bare, quoted and as literals',
      text: '(X-GM-LABELS ("\\\\Inbox" Gr&APw-n "two words" [x] NIL {3} \\Sent) UID 7)',
      literals: [Buffer.from('a"b')],
      row: { uid: 7, labels: new Set(['\\Inbox', 'Gr&APw-n', 'two words', '[x]', 'NIL', 'a"b', '\\Sent']) },
    },
    { why: 'reads labels in raw UTF-8', text: '(X-GM-LABELS ("B\xc3\xbcro"))', row: { labels: new Set(['Büro']) } },
    { why: 'reads that there are no labels', text: '(X-GM-LABELS () UID 7)', row: { uid: 7, labels: new Set() } },
    { why: 'reads a date', text: '(INTERNALDATE " 7-Feb-1994 21:52:25 -0800")', row: { receivedAt: date } },
    {
      why: 'reads a body',
      text: '(UID 7 BODY[] {5} FLAGS ())',
      literals: [Buffer.from('a\r\n)"')],
      row: { uid: 7, hasBody: true, body: Buffer.from('a\r\n)"'), flags: new Set() },
    },
    { why: 'reads a quoted body', text: '(BODY[] "a\\"b")', row: { hasBody: true, body: Buffer.from('a"b') } },
    { why: 'reads a body that is NIL', text: '(UID 7 BODY[] NIL)', row: { uid: 7, hasBody: true, body: undefined } },
    {
      why: 'reads part of a body',
      text: '(BODY[]<0> {2} UID 7)',
      literals: [Buffer.from('ab')],
      row: { uid: 7, body: Buffer.from('ab') },
    },
    {
      why: 'reads a header whose name has spaces',
      text: '(BODY[HEADER.FIELDS (A B)] {2} UID 7)',
      literals: [Buffer.from('ab')],
      row: { uid: 7, body: Buffer.from('ab') },
    },
    {
      why: 'skips what it was not asked for',
      text: '(MODSEQ (12) ENVELOPE ("a" NIL (("b" {1}))) X-NEW 5 UID 7)',
      literals: [Buffer.from('c')],
      row: { uid: 7 },
    },
  ])('$why', ({ text, literals = [], row }) => {
    expect(read(text, ...literals)).toMatchObject(row)
  })

  it('ends garbage with its own error', () => {
    const unit = fc.constantFrom(...'()"[]{}1 \\', 'UID ', 'FLAGS ', 'BODY[', 'NIL')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), (text) => {
        try {
          read(text, Buffer.from('x'))
        } catch (error) {
          expect(error).toBeInstanceOf(MailtideError)
        }
      }),
    )
  })

  it('bounds how deep lists may go', () => {
    expect(() => read(`(X ${'('.repeat(5000)}${')'.repeat(5000)})`)).toThrow(MailtideError)
  })
})

describe('peekFetchRow', () => {
  it('knows a message whose body is about to come', () => {
    const text = '* 3 FETCH (UID 7 FLAGS (\\Seen) INTERNALDATE " 7-Feb-1994 21:52:25 -0800" BODY[] {2000000}'
    expect(peekFetchRow(text)).toEqual({ uid: 7, flags: '\\Seen', receivedAt: date })
  })

  it.each([
    { why: 'the UID comes behind', text: '* 3 FETCH (FLAGS () INTERNALDATE " 7-Feb-1994 21:52:25 -0800" BODY[] {9}' },
    { why: 'it is no body', text: '* 3 FETCH (UID 7 FLAGS () INTERNALDATE "7-Feb-1994 21:52:25 -0800" X {9}' },
    { why: 'it is no FETCH', text: '* LIST () "/" {9}' },
  ])('knows nothing where $why', ({ text }) => {
    expect(peekFetchRow(text)).toBeUndefined()
  })
})
