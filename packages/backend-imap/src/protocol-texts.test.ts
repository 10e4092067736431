import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { argument } from './command.ts'
import { createFlagReader, isFlag, parsePermanentFlags, storableFlags } from './flag-sets.ts'
import { formatInternalDate, parseInternalDate } from './internal-date.ts'
import { formatPosition, isUnchanged, parsePosition } from './position.ts'
import { parseStatus } from './status-text.ts'

describe('parseStatus', () => {
  it.each([
    { line: ' OK done', status: { status: 'OK', code: '', argument: '', text: 'done' } },
    { line: 'ok [UidNext 5] next', status: { status: 'OK', code: 'UIDNEXT', argument: '5', text: 'next' } },
    { line: 'NO', status: { status: 'NO', code: '', argument: '', text: '' } },
    { line: 'OK [READ-ONLY]', status: { status: 'OK', code: 'READ-ONLY', argument: '', text: '' } },
    {
      line: 'OK [PERMANENTFLAGS (\\Seen \\*)] x',
      status: { status: 'OK', code: 'PERMANENTFLAGS', argument: '(\\Seen \\*)', text: 'x' },
    },
    { line: 'NO [half a code', status: { status: 'NO', code: '', argument: '', text: '[half a code' } },
  ])('reads $line', ({ line, status }) => {
    expect(parseStatus(line, 0)).toEqual(status)
  })

  it.each(['', 'OKAY', 'FETCH', '12'])('knows that %j is no status', (line) => {
    expect(parseStatus(line, 0)).toBeUndefined()
  })
})

describe('dates', () => {
  it('come back from how they are written', () => {
    const seconds = fc.integer({ min: 0, max: 253_402_300_799 })
    fc.assert(
      fc.property(seconds, (second) => {
        const date = new Date(second * 1000)
        expect(parseInternalDate(formatInternalDate(date) ?? '')).toEqual(date)
      }),
    )
  })

  it('are left out where no server could take them', () => {
    expect(formatInternalDate(new Date(Number.NaN))).toBeUndefined()
    expect(formatInternalDate(new Date('1901-01-01'))).toBeUndefined()
    expect(parseInternalDate('7-Foo-1994 21:52:25 -0800')).toBeUndefined()
    expect(parseInternalDate('yesterday')).toBeUndefined()
  })
})

describe('argument', () => {
  it.each([
    { octets: 'INBOX', written: 'INBOX' },
    { octets: 'a b', written: '"a b"' },
    { octets: 'a"b\\c', written: '"a\\"b\\\\c"' },
    { octets: 'nil', written: '"nil"' },
    { octets: '', written: '""' },
    { octets: '{5}', written: '"{5}"' },
    { octets: 'gr\xfcn', written: { size: 4, octets: Buffer.from('gr\xfcn', 'latin1') } },
    { octets: 'a\r\nb', written: { size: 4, octets: Buffer.from('a\r\nb') } },
  ])('writes $octets', ({ octets, written }) => {
    expect(argument(octets)).toEqual(written)
  })
})

describe('flags', () => {
  it('are one object where they are equal', () => {
    const read = createFlagReader()
    expect(read('\\Seen $a')).toBe(read('$a \\SEEN \\Recent'))
  })

  it.each([
    { flag: '\\Seen', sendable: true },
    { flag: '$Forwarded', sendable: true },
    { flag: '\\Recent', sendable: false },
    { flag: '\\Foo', sendable: false },
    { flag: 'two words', sendable: false },
    { flag: 'grün', sendable: false },
    { flag: 'a)\r\nM9 LOGOUT', sendable: false },
    { flag: '', sendable: false },
  ])('$flag', ({ flag, sendable }) => {
    expect(isFlag(flag)).toBe(sendable)
  })

  it.each([
    { permanent: '(\\Seen \\Flagged $Work)', kept: ['\\Seen', '$work'] },
    { permanent: '(\\Seen \\*)', kept: ['\\Seen', '$work', 'other'] },
    { permanent: '()', kept: [] },
  ])('are kept as $permanent allows', ({ permanent, kept }) => {
    expect(storableFlags(['\\Seen', '\\Draft', '$work', 'other'], parsePermanentFlags(permanent))).toEqual(kept)
  })
})

describe('positions', () => {
  const position = fc.record({
    uidNext: fc.integer({ min: 1, max: 0xffff_ffff }),
    messages: fc.nat(),
    highestModseq: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  })

  it('come back from their text', () => {
    fc.assert(
      fc.property(position, (each) => {
        expect(parsePosition(formatPosition(each))).toEqual(each)
      }),
    )
  })

  it.each(['', 'x', '1 2', '1 2 3 4', '-1 2 3'])('are not read from %j', (text) => {
    expect(parsePosition(text)).toBeUndefined()
  })

  it.each([
    { why: 'nothing', now: {}, quick: false, unchanged: true },
    { why: 'the epoch', now: { uidValidity: 2 }, quick: true, unchanged: false },
    { why: 'UIDNEXT', now: { uidNext: 6 }, quick: true, unchanged: false },
    { why: 'the number of messages', now: { messages: 3 }, quick: true, unchanged: false },
    { why: 'HIGHESTMODSEQ', now: { highestModseq: '10' }, quick: true, unchanged: false },
    { why: 'the server, which counts no changes', now: { highestModseq: '0' }, quick: false, unchanged: false },
    { why: 'the server, and that is enough', now: { highestModseq: '0' }, quick: true, unchanged: true },
  ])('say whether $why changed', ({ now, quick, unchanged }) => {
    const state = { uidValidity: 1, uidNext: 5, messages: 4, highestModseq: '9', ...now }
    expect(isUnchanged({ epoch: '1', position: '5 4 9' }, state, quick)).toBe(unchanged)
  })
})
