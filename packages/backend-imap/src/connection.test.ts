import { PassThrough } from 'node:stream'
import { MailtideError } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Connection, createConnection, type Listener } from './connection.ts'
import { createFetchReader } from './fetch-row.ts'
import { createFlagReader } from './flag-sets.ts'

function open(capabilities: readonly string[] = ['LITERAL+']) {
  const readable = new PassThrough()
  const writable = new PassThrough()
  const connection = createConnection(
    { readable, writable, carrier: readable },
    { host: 'localhost', capabilities: new Set(capabilities), timeout: 0 },
  )
  let octets = ''
  writable.on('data', (chunk: Buffer) => {
    octets += chunk.toString('latin1')
  })
  const sent = () => {
    const text = octets
    octets = ''
    return text
  }
  return { connection, readable, sent }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function listRows(into: string[]): Listener {
  const readRow = createFetchReader(createFlagReader())
  return {
    hear({ kind, reader }) {
      if (kind !== 'FETCH') return false
      const { uid, flags, body } = readRow(reader)
      into.push(`${uid} ${[...(flags ?? [])].join()} ${body?.toString('latin1') ?? ''}`)
      return true
    },
  }
}

function outcomeOf(work: ReturnType<Connection['ask']>) {
  return work.then(
    ({ status, text }) => `${status} ${text}`,
    (error: unknown) => {
      expect(error).toBeInstanceOf(MailtideError)
      return (error as MailtideError).code
    },
  )
}

const answers = [
  '* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[] {10}\r\n',
  'a\r\nM1 OK\r\n)\r\n',
  '* 5 EXISTS\r\n* BYE in a while\r\n',
  'M1 OK first {3}\r\n',
  '* 2 FETCH (FLAGS () UID 8)\r\n',
  '+ not asked for\r\n',
  'M2 NO [CANNOT] second\r\n',
].join('')

async function converse(octets: string, cuts: readonly number[]) {
  const { connection, readable } = open()
  const rows: string[] = []
  const ends = [connection.ask(['FETCH'], listRows(rows)), connection.ask(['FETCH'], listRows(rows))].map(outcomeOf)
  const bytes = Buffer.from(octets, 'latin1')
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (let edge = 1; edge < edges.length; edge++) readable.write(bytes.subarray(edges[edge - 1], edges[edge]))
  readable.end()
  return { rows, ends: await Promise.all(ends) }
}

describe('createConnection', () => {
  it('answers each command, wherever the octets are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), async (cuts) => {
        expect(await converse(answers, cuts)).toEqual({
          rows: ['7 \\Seen a\r\nM1 OK\r\n', '8  '],
          ends: ['OK first {3}', 'NO second'],
        })
      }),
      { numRuns: 50 },
    )
  })

  it('settles every command whatever a server sends, with its own errors alone', async () => {
    const pieces = fc.constantFrom(
      '* ',
      'M1 OK',
      'M2 ',
      '\r\n',
      '\n',
      '+',
      '1 FETCH ',
      '(UID 1 ',
      'FLAGS (',
      ')',
      '{3}',
      '{9999999999}',
      '"',
      '[',
      'LIST ',
      '\0',
      'BODY[]',
      ' ',
    )
    const garbage = fc.oneof(
      fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary-ascii' }),
    )
    await fc.assert(
      fc.asyncProperty(garbage, fc.array(fc.nat(), { maxLength: 5 }), async (octets, cuts) => {
        expect((await converse(octets, cuts)).ends).toHaveLength(2)
      }),
      { numRuns: 300 },
    )
  })

  it('sends commands without waiting for answers', async () => {
    const { connection, sent } = open()
    const literal = { size: 3, octets: Buffer.from('abc') }
    const work = [connection.ask(['NOOP']), connection.ask(['APPEND x ', literal]), connection.ask(['NOOP'])]
    await turn()
    expect(sent()).toBe('M1 NOOP\r\nM2 APPEND x {3+}\r\nabc\r\nM3 NOOP\r\n')
    connection.destroy(new Error('over'))
    expect((await Promise.allSettled(work)).map(({ status }) => status)).toEqual(Array(3).fill('rejected'))
    await expect(connection.ask(['NOOP'])).rejects.toThrow('over')
  })

  it.each([
    { capabilities: [], size: 3, waits: true },
    { capabilities: ['LITERAL-'], size: 4096, waits: false },
    { capabilities: ['LITERAL-'], size: 4097, waits: true },
    { capabilities: ['LITERAL+'], size: 100_000, waits: false },
  ])('asks leave for a literal of $size with $capabilities: $waits', async ({ capabilities, size, waits }) => {
    const { connection, readable, sent } = open(capabilities)
    const work = outcomeOf(connection.ask(['APPEND x ', { size, octets: Buffer.alloc(size, 'x') }]))
    const behind = outcomeOf(connection.ask(['NOOP']))
    await turn()
    const before = sent()
    expect(before.startsWith(`M1 APPEND x {${size}${waits ? '' : '+'}}\r\n`)).toBe(true)
    if (waits) {
      expect(before.includes('x\r\n', 20)).toBe(false)
      readable.write('+\r\n')
      await turn()
      expect(sent() === `${'x'.repeat(size)}\r\nM2 NOOP\r\n`).toBe(true)
    }
    readable.write('M1 OK\r\nM2 OK\r\n')
    expect(await Promise.all([work, behind])).toEqual(['OK ', 'OK '])
  })

  it('reads no further while all that is in flight is taken at leisure', async () => {
    const { connection, readable } = open()
    const taker = {}
    const rows: string[] = []
    const fetched = outcomeOf(connection.ask(['FETCH'], { ...listRows(rows), taker }))
    connection.hold(taker, true)
    expect(readable.isPaused()).toBe(true)
    const behind = outcomeOf(connection.ask(['NOOP']))
    expect(readable.isPaused()).toBe(false)
    readable.write('* 1 FETCH (UID 7 FLAGS ())\r\nM2 OK\r\n')
    expect(await behind).toBe('OK ')
    expect(readable.isPaused()).toBe(true)
    readable.write('M1 OK\r\n')
    await turn()
    expect(rows).toEqual(['7  '])
    connection.hold(taker, false)
    expect(await fetched).toBe('OK ')
  })

  it('streams a literal, and gives up the connection if it has another size', async () => {
    for (const [size, end] of [
      [6, 'OK '],
      [7, 'imap/broken-source'],
      [5, 'imap/broken-source'],
    ] as const) {
      const { connection, readable } = open()
      const octets = async function* () {
        yield Buffer.from('abc')
        yield Buffer.from('def')
      }
      const work = outcomeOf(connection.ask(['APPEND x ', { size, octets }]))
      await turn()
      if (!connection.failure) readable.write('M1 OK\r\n')
      expect(await work).toBe(end)
    }
  })
})
