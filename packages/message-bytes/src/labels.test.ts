import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabels, withLabels } from './labels.ts'
import { toCrlf, toLf } from './line-ends.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')
const text = (value: Uint8Array) => Buffer.from(value).toString('utf8')

const label = fc.oneof(
  fc.constantFrom(
    '\\Important',
    'My work',
    'a,b',
    ' a ',
    '=?utf-8?Q?x?=',
    '_',
    '=20',
    'B\u00fcro',
    '\u65e5\u672c',
    '\u{1f4e7}',
    'a\r\nb',
    '\t',
    'x'.repeat(3000),
    '\u00e9'.repeat(500),
    '&AOk-',
  ),
  fc.string({ minLength: 1 }),
  fc.string({ unit: 'binary', minLength: 1 }).map((each) => each.toWellFormed()),
)
const labels = fc.uniqueArray(label, { maxLength: 8 })
const headerName = fc.constantFrom('X-Keywords', 'X-Label', 'Keywords', 'x-label', 'X-Anything')
const line = fc.constantFrom(
  'Subject: x',
  ' folded',
  '\tfolded',
  'no field',
  'From me Mon Jan 1',
  '>From me: x',
  'X-Other: y',
  'Keywords:z',
  'X-Keywords',
  'X-Keywords : old',
  'x-keywords: a, b',
  '',
)
const head = fc
  .tuple(fc.array(line), fc.constantFrom('\r\n', '\n'), fc.boolean())
  .map(([lines, lineEnd, ends]) => bytes(lines.join(lineEnd) + (ends ? lineEnd : '')))
  .filter((value) => !/^[ \t][^\n]*$/.test(text(value)))

describe('labels in a header', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(head, headerName, labels, (value, name, given) => {
        expect(readLabels(withLabels(value, name, given), name)).toEqual([...given].sort())
      }),
    )
  })

  it('leave the original octets when they are taken away again', () => {
    fc.assert(
      fc.property(head, labels, (value, given) => {
        expect(text(withLabels(withLabels(value, 'X-Added', given), 'X-Added', []))).toBe(text(value))
      }),
    )
  })

  it('leave the original octets of anything at all', () => {
    const anything = fc
      .array(fc.constantFrom('\r\n', '\n', '\r', ' ', '\t', ':', 'K', 'k:', 'From ', '\0', 'A', ','), { maxLength: 30 })
      .map((parts) => bytes(parts.join('')))
    fc.assert(
      fc.property(anything, labels, (value, given) => {
        const labelled = withLabels(value, 'X-Added', given)
        const bearable = text(labelled) === text(value) ? [] : [...given].sort()
        expect(readLabels(labelled, 'X-Added')).toEqual(bearable)
        expect(text(withLabels(labelled, 'X-Added', []))).toBe(text(value))
        expect(readLabels(withLabels(value, 'K', []), 'K')).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('change nothing else when they are replaced', () => {
    fc.assert(
      fc.property(head, headerName, labels, labels, (value, name, before, after) => {
        const replaced = withLabels(withLabels(value, name, before), name, after)
        expect(text(withLabels(replaced, name, []))).toBe(text(withLabels(value, name, [])))
        expect(withLabels(replaced, name, after)).toEqual(replaced)
      }),
    )
  })

  it('are the same in both forms of line ends', () => {
    fc.assert(
      fc.property(head, headerName, labels, (value, name, given) => {
        const labelled = withLabels(value, name, given)
        expect(readLabels(toCrlf(labelled), name)).toEqual(readLabels(toLf(labelled), name))
      }),
    )
  })

  it('never make a line of more than 998 octets, nor of other octets than ASCII', () => {
    fc.assert(
      fc.property(headerName, labels, (name, given) => {
        const lines = text(withLabels(bytes('A: 1\r\n\r\n'), name, given)).split('\r\n')
        expect(Math.max(...lines.map((each) => each.length))).toBeLessThanOrEqual(998)
        expect(lines.join('')).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  it.each([
    {
      why: 'commas',
      name: 'X-Keywords',
      labels: ['work', '\\Important', 'My work'],
      header: 'X-Keywords: My work, \\Important, work',
    },
    { why: 'spaces in X-Label', name: 'X-Label', labels: ['work', '\\Important'], header: 'X-Label: \\Important work' },
    { why: 'spaces in Keywords', name: 'Keywords', labels: ['a', 'b'], header: 'Keywords: a b' },
    { why: 'commas in x-label', name: 'x-label', labels: ['a', 'b'], header: 'x-label: a, b' },
    {
      why: 'encoded words, for everyone to read',
      name: 'X-Keywords',
      labels: ['B\u00fcro', '\u00c4', 'x'],
      header: 'X-Keywords: =?utf-8?Q?B=C3=BCro,?= x, =?utf-8?Q?=C3=84?=',
    },
    {
      why: 'encoded words side by side',
      name: 'X-Label',
      labels: ['\u00fc', '\u00e4', 'a b'],
      header: 'X-Label: =?utf-8?Q?a=20b_?= =?utf-8?Q?=C3=A4_?= =?utf-8?Q?=C3=BC?=',
    },
    {
      why: 'folds',
      name: 'X-Keywords',
      labels: ['a'.repeat(40), 'b'.repeat(40)],
      header: `X-Keywords: ${'a'.repeat(40)},\r\n ${'b'.repeat(40)}`,
    },
  ])('are written with $why', ({ name, labels, header }) => {
    expect(text(withLabels(bytes('A: 1\r\n\r\nbody'), name, labels))).toBe(`${header}\r\nA: 1\r\n\r\nbody`)
  })

  it.each([
    {
      why: 'several headers, in any case',
      head: 'X-Keywords: b, a\nA: 1\nx-keywords: a,c\n\nX-Keywords: no',
      labels: ['a', 'b', 'c'],
    },
    { why: 'folded ones', head: 'X-Keywords: My\n work,\n\tother\n', labels: ['My work', 'other'] },
    {
      why: "OfflineIMAP's own, as the server sent them",
      head: 'X-Keywords: &AOk-t,\\Inbox\n\n',
      labels: ['&AOk-t', '\\Inbox'],
    },
    { why: 'bare UTF-8', head: 'X-Keywords: B\u00fcro, x\n\n', labels: ['B\u00fcro', 'x'] },
    {
      why: 'encoded words of others',
      head: 'X-Keywords: =?ISO-8859-1*de?q?B=FCro?=, =?UTF-8?B?w6QsIMO8?=\n',
      labels: ['B\u00fcro', '\u00e4', '\u00fc'],
    },
    { why: 'words in a charset that nobody knows', head: 'X-Keywords: =?none?q?=FC?=\n', labels: ['=?none?q?=FC?='] },
    { why: 'nothing in empty ones', head: 'X-Keywords:\nX-Keywords: ,, \n\n', labels: [] },
  ])('are read from $why', ({ head, labels }) => {
    expect(readLabels(bytes(head), 'X-Keywords')).toEqual([...labels].sort())
  })

  it.each([
    {
      why: 'in the place of the first',
      head: 'A: 1\r\nX-Keywords: a,\r\n b\r\nB: 2\r\nx-keywords: c\r\n\r\n',
      after: 'A: 1\r\nX-Keywords: n\r\nB: 2\r\n\r\n',
    },
    { why: 'at the top, with LF where the header has it', head: 'A: 1\n\nx', after: 'X-Keywords: n\nA: 1\n\nx' },
    { why: 'behind the line of an mbox', head: 'From me Mon\n\n', after: 'From me Mon\nX-Keywords: n\n\n' },
    { why: 'in a message without header', head: '\r\nbody', after: 'X-Keywords: n\r\n\r\nbody' },
    { why: 'in an empty message', head: '', after: 'X-Keywords: n\r\n' },
    { why: 'nowhere before a blank without a line end', head: ' x', after: ' x' },
  ])('stand $why', ({ head, after }) => {
    expect(text(withLabels(bytes(head), 'X-Keywords', ['n']))).toBe(after)
  })

  it.each(['X-Keywords', 'X-Label'])(
    'are read from an endless %s in no time',
    (name) => {
      const parts = [' '.repeat(300_000), '=?'.repeat(100_000), '=?utf-8?Q?x?= '.repeat(20_000), 'a, '.repeat(50_000)]
      for (const part of parts) {
        for (const value of [part, `x${part}x`, `${part}\u00fc`]) readLabels(bytes(`${name}: ${value}\n\n`), name)
      }
      readLabels(bytes('a\n'.repeat(100_000)), name)
    },
    5000,
  )

  it.each(['', 'X Label', 'X:', 'A\r\nB', 'gr\u00fcn'])('need the name of a header, which "%s" is not', (name) => {
    const failure = { code: 'message/header-name', scope: 'account', hint: expect.any(String) }
    expect(() => withLabels(bytes('A: 1\r\n'), name, [])).toThrow(expect.objectContaining(failure))
    expect(() => readLabels(bytes(''), name)).toThrow(expect.objectContaining(failure))
  })
})
