import { MailtideError } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createResponseSplitter, defaultLimits, type SplitterLimits } from './response-splitter.ts'

type Found = readonly [text: string, ...literals: (string | undefined)[]]

function split(octets: string, cuts: readonly number[] = [], limits?: SplitterLimits): Found[] {
  const found: Found[] = []
  const splitter = createResponseSplitter(
    {
      response: (text, literals) =>
        found.push([text, ...literals.map((literal) => literal && Buffer.from(literal).toString('latin1'))]),
      literal: () => undefined,
    },
    limits,
  )
  const bytes = Buffer.from(octets, 'latin1')
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (let edge = 1; edge < edges.length; edge++) splitter.push(bytes.subarray(edges[edge - 1], edges[edge]))
  return found
}

const octets = fc.string({
  unit: fc.constantFrom('\r', '\n', '{', '}', '1', '+', '~', 'a', ' ', '\xff'),
  maxLength: 20,
})
const literal = octets.map((text) => `{${text.length}}\r\n${text}`)
const line = fc.stringMatching(/^[A-Za-z0-9 ()"]{1,20}$/)
const response = fc
  .tuple(line, fc.array(fc.tuple(literal, line), { maxLength: 3 }))
  .map(([first, rest]) => `* 1 FETCH ${first}${rest.flat().join('')}\r\n`)

describe('createResponseSplitter', () => {
  it.each<{ why: string; octets: string; found: Found[] }>([
    { why: 'ends a line at CRLF', octets: '* OK a\r\nM1 OK b\r\n', found: [['* OK a'], ['M1 OK b']] },
    { why: 'ends a line at a bare LF', octets: '* OK a\n* OK b\n', found: [['* OK a'], ['* OK b']] },
    { why: 'keeps back what has no end', octets: '* OK a\r\n* OK', found: [['* OK a']] },
    { why: 'passes over empty lines', octets: '\r\n* OK a\r\n', found: [['* OK a']] },
    {
      why: 'takes literals out',
      octets: '* 1 FETCH (A {3}\r\n\r\n) B ~{2}\r\nxy)\r\n',
      found: [['* 1 FETCH (A {3} B ~{2})', '\r\n)', 'xy']],
    },
    { why: 'knows empty literals', octets: '* LIST () "/" {0}\r\n\r\n', found: [['* LIST () "/" {0}', '']] },
    { why: 'knows {n+} as well', octets: '* LIST () "/" {1+}\r\na\r\n', found: [['* LIST () "/" {1+}', 'a']] },
    {
      why: 'announces nothing in words for people',
      octets: '* OK see {5}\r\nM1 NO too {3}\r\n+ {2}\r\n',
      found: [['* OK see {5}'], ['M1 NO too {3}'], ['+ {2}']],
    },
    {
      why: 'announces nothing without digits',
      octets: '* LIST {}\r\n* LIST 5}\r\n',
      found: [['* LIST {}'], ['* LIST 5}']],
    },
  ])('$why', ({ octets, found }) => {
    expect(split(octets)).toEqual(found)
  })

  it('does not care where the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(response, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 12 }), (responses, cuts) => {
        const whole = responses.join('')
        const found = split(whole, cuts)
        expect(found).toEqual(split(whole))
        expect(found).toHaveLength(responses.length)
      }),
    )
  })

  it('survives garbage, or ends with its own error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(), { maxLength: 6 }), (bytes, cuts) => {
        const garbage = `* ${Buffer.from(bytes).toString('latin1')}\r\n{9}\r\n`
        const attempt = () => split(garbage, cuts, { line: 100, literal: 50 })
        try {
          attempt()
        } catch (error) {
          expect(error).toBeInstanceOf(MailtideError)
        }
      }),
    )
  })

  it.each([
    { why: 'a line without an end', octets: `* ${'x'.repeat(200)}` },
    { why: 'a long line', octets: `* ${'x'.repeat(200)}\r\n` },
    { why: 'a response of many lines', octets: `* ${'x{1}\r\ny'.repeat(60)}\r\n` },
    { why: 'a literal beyond all measure', octets: '* LIST {99999999}\r\n' },
  ])('refuses $why', ({ octets }) => {
    expect(() => split(octets, [3, 7], { line: 100, literal: 1000 })).toThrow(
      expect.objectContaining({ code: 'imap/protocol' }),
    )
  })

  it('hands a literal over piece by piece to whoever wants it so', () => {
    const pieces: string[] = []
    const found: unknown[] = []
    const splitter = createResponseSplitter(
      {
        response: (text, literals) => found.push(text, literals),
        literal: (text, size) => {
          found.push(text, size)
          return size > 3 ? { chunk: (bytes) => pieces.push(bytes.toString('latin1')) } : undefined
        },
      },
      { ...defaultLimits, literal: 3 },
    )
    for (const chunk of ['* 1 FETCH (B {6', '}\r\nab', 'cd', 'ef C {1}', '\r\nx)\r\n'])
      splitter.push(Buffer.from(chunk))
    expect(pieces).toEqual(['ab', 'cd', 'ef'])
    expect(found).toEqual([
      '* 1 FETCH (B {6}',
      6,
      '* 1 FETCH (B {6} C {1}',
      1,
      '* 1 FETCH (B {6} C {1})',
      [undefined, Buffer.from('x')],
    ])
  })
})
