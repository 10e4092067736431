import { describe, expect, it } from 'vitest'
import { formatBodyStructure } from '../fetch/body-structure.ts'
import type { Section } from '../fetch/fetch-items.ts'
import { sectionOctets } from '../fetch/section-octets.ts'
import { parseAddresses } from './address.ts'
import { headerEnd, parseEntity } from './entity.ts'
import { parseHeader } from './header.ts'

const message = Buffer.from(
  [
    'Subject: three parts',
    'Content-Type: multipart/mixed; boundary="=-a b"',
    '',
    'preamble',
    '--=-a b',
    '',
    'plain',
    '--=-a b',
    'Content-Type: message/rfc822',
    '',
    'Subject: inner',
    '',
    'inner body',
    '--=-a b',
    'Content-Type: image/png; name=x.png',
    'Content-Disposition: attachment; filename="x y.png"',
    'Content-Transfer-Encoding: base64',
    '',
    'AAAA',
    '--=-a b--',
    'epilogue',
    '',
  ].join('\r\n'),
)

const section = (part: number[], what: Section['what'] = 'all') =>
  sectionOctets(message, { part, what, names: [] })?.toString()

describe('headerEnd', () => {
  it.each([
    { why: 'is behind the blank line', text: 'A: 1\r\n\r\nbody', end: 8 },
    { why: 'takes bare line feeds for line ends', text: 'A: 1\n\nbody\r\n\r\n', end: 6 },
    { why: 'is behind a blank line at the start', text: '\r\nbody\r\n\r\n', end: 2 },
    { why: 'is the end where there is no blank line', text: 'A: 1\r\nB: 2', end: 10 },
    { why: 'is the start of nothing', text: '', end: 0 },
  ])('$why', ({ text, end }) => {
    expect(headerEnd(Buffer.from(text))).toBe(end)
  })
})

describe('parseHeader', () => {
  it('unfolds values and keeps fields as they stand', () => {
    expect(parseHeader(Buffer.from('A : 1\r\n 2\r\nrubbish\r\nb:3'))).toEqual([
      { name: 'a', value: '1 2', raw: 'A : 1\r\n 2\r\n' },
      { name: 'b', value: '3', raw: 'b:3' },
    ])
  })
})

describe('parseAddresses', () => {
  it.each([
    { text: 'ann@example.org', addresses: [{ mailbox: 'ann', host: 'example.org' }] },
    { text: 'Ann B <ann@example.org>', addresses: [{ name: 'Ann B', mailbox: 'ann', host: 'example.org' }] },
    {
      text: '"B, Ann" <ann@x>, c@y',
      addresses: [
        { name: 'B, Ann', mailbox: 'ann', host: 'x' },
        { mailbox: 'c', host: 'y' },
      ],
    },
    { text: 'ann@x (Ann)', addresses: [{ name: 'Ann', mailbox: 'ann', host: 'x' }] },
    { text: 'Us: a@x;', addresses: [{ mailbox: 'Us' }, { mailbox: 'a', host: 'x' }, {}] },
    { text: '', addresses: [] },
  ])('reads $text', ({ text, addresses }) => {
    expect(parseAddresses(text)).toEqual(addresses)
  })
})

describe('sections', () => {
  it('of a multipart are its parts', () => {
    expect(section([1])).toBe('plain')
    expect(section([1], 'mime')).toBe('\r\n')
    expect(section([3])).toBe('AAAA')
    expect(section([4])).toBeUndefined()
  })

  it('of a message inside are its header, text and parts', () => {
    expect(section([2])).toBe('Subject: inner\r\n\r\ninner body')
    expect(section([2], 'header')).toBe('Subject: inner\r\n\r\n')
    expect(section([2], 'text')).toBe('inner body')
    expect(section([2, 1])).toBe('inner body')
    expect(section([1], 'header')).toBeUndefined()
  })
})

describe('BODYSTRUCTURE', () => {
  it('describes every part', () => {
    expect(formatBodyStructure(parseEntity(message), { extended: true })).toBe(
      '(("TEXT" "PLAIN" NIL NIL NIL "7BIT" 5 0 NIL NIL NIL NIL)' +
        '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 28 (NIL "inner" NIL NIL NIL NIL NIL NIL NIL NIL) ' +
        '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 10 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)' +
        '("IMAGE" "PNG" ("NAME" "x.png") NIL NIL "BASE64" 4 NIL ("ATTACHMENT" ("FILENAME" "x y.png")) NIL NIL) ' +
        '"MIXED" ("BOUNDARY" "=-a b") NIL NIL NIL)',
    )
  })
})
