import { execFileSync } from 'node:child_process'
import { chmodSync, renameSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { messageId } from '@mailtide/contracts'
import { identityOf } from '@mailtide/message-bytes'
import { describe, expect, it } from 'vitest'
import { createFixture, list, outgoing, signal, texts } from './maildir.fixture.ts'

const contents = [
  { why: 'ordinary lines', stored: 'A: 1\n\nx\n', wire: 'A: 1\r\n\r\nx\r\n' },
  { why: 'no final newline', stored: 'A: 1\n\nx', wire: 'A: 1\r\n\r\nx' },
  { why: 'nothing', stored: '', wire: '' },
  { why: 'NUL and 8-bit octets', stored: 'A: \xe4\0\xff\n\n\0', wire: 'A: \xe4\0\xff\r\n\r\n\0' },
  { why: 'a lone CR', stored: 'A: 1\n\na\rb\r', wire: 'A: 1\r\n\r\na\rb\r' },
  {
    why: 'a line of 300,000 octets',
    stored: `A: 1\n\n${'y'.repeat(300_000)}\n`,
    wire: `A: 1\r\n\r\n${'y'.repeat(300_000)}\r\n`,
  },
]

describe('reading', () => {
  it.each(contents)('gives and stores $why octet for octet', async ({ stored, wire }) => {
    const { folder, put, names, at } = await createFixture()
    put('new/a', stored)
    expect(await texts(folder, ['a'])).toEqual({ a: wire })
    expect(await folder.identify([messageId('a')], signal)).toEqual(
      new Map([['a', identityOf(wire.length, Buffer.from(wire, 'latin1'))]]),
    )
    await folder.append([outgoing('b', wire, ['\\Seen'])], signal)
    expect(names('cur')).toEqual(['b:2,S'])
    expect(execFileSync('cat', [at('INBOX/cur/b:2,S')]).toString('latin1')).toBe(stored)
  })

  it('takes the mtime for the time of receipt', async () => {
    const { folder, put, at } = await createFixture()
    put('new/a')
    utimesSync(at('INBOX/new/a'), 1e9, 1e9)
    for await (const message of folder.read([messageId('a')], signal)) {
      expect(message).toMatchObject({ receivedAt: new Date(1e12) })
    }
  })

  it('streams 20 MiB in and out without ever holding them', { timeout: 20_000 }, async () => {
    const { folder, at } = await createFixture()
    const line = `${'z'.repeat(76)}\n`
    writeFileSync(at('INBOX/new/big'), `A: 1\n\n${line.repeat(275_000)}`)
    let largest = 0
    const watched = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        largest = Math.max(largest, chunk.length)
        yield chunk
      }
    }
    for await (const message of folder.read([messageId('big')], signal)) {
      if ('error' in message) throw message.error
      const { body } = message
      expect(body.size).toBe(8 + 275_000 * 78)
      expect(body.head.length).toBe(64 * 1024)
      const copy = { ...outgoing('copy', ''), body: { ...body, stream: () => watched(body.stream()) } }
      expect(await folder.append([copy], signal)).toEqual([{ id: 'copy' }])
    }
    expect(largest).toBeLessThan(600_000)
    execFileSync('cmp', [at('INBOX/new/big'), at('INBOX/new/copy:2,')])
  })

  it('fails one message whose body has another size than it said, and stores nothing of it', async () => {
    const { folder, names } = await createFixture()
    async function* stream() {
      yield Buffer.from('short')
    }
    const body = { size: 2_000_000, head: Buffer.from('short'), stream }
    const [first, second] = await folder.append([{ ...outgoing('a', ''), body }, outgoing('b', 'B')], signal)
    expect(first).toMatchObject({ error: { code: 'maildir/size-differs', scope: 'message' } })
    expect(second).toEqual({ id: 'b' })
    expect([names('new'), names('cur'), names('tmp')]).toEqual([['b:2,'], [], []])
  })

  it('finds again what a client renamed meanwhile, and leaves out what is gone', async () => {
    const { folder, put, at } = await createFixture()
    for (const name of ['a', 'b', 'c', 'd']) put(`new/${name}:2,`, name)
    await list(folder)
    renameSync(at('INBOX/new/a:2,'), at('INBOX/cur/a:2,S'))
    const met: string[] = []
    for await (const message of folder.read(['a', 'b', 'c', 'd', 'never'].map(messageId), signal)) {
      met.push(message.id)
      if (message.id !== 'b') continue
      renameSync(at('INBOX/new/d:2,'), at('INBOX/cur/d:2,FS'))
      unlinkSync(at('INBOX/new/c:2,'))
    }
    expect(met).toEqual(['a', 'b', 'd'])
  })

  it('says of a file that is no file that it is not, without waiting for it', async () => {
    const { folder, put, at } = await createFixture()
    put('new/a', 'a')
    execFileSync('mkfifo', [at('INBOX/new/pipe')])
    expect(await texts(folder, ['pipe', 'a'])).toEqual({ pipe: expect.stringContaining('not a regular file'), a: 'a' })
  })

  it('says which message it may not read, and goes on', async (ctx) => {
    if (process.getuid?.() === 0) return ctx.skip('root may read everything')
    const { folder, put, at } = await createFixture()
    put('new/a', 'a')
    put('new/b', 'b')
    chmodSync(at('INBOX/new/a'), 0)
    expect(await texts(folder, ['a', 'b'])).toEqual({ a: expect.stringContaining('cannot be read'), b: 'b' })
  })
})
