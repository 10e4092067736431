import { type Appended, folderPath, type IncomingMessage, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createImapRepository } from './index.ts'

const signal = new AbortController().signal
const header = 'Subject: a file\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: binary\r\n\r\n'

/** Stores one message on a real Dovecot, which offers BINARY, and reads back what became of it. */
async function storeAndRead(server: DovecotServer, mail: Buffer): Promise<Appended | Buffer> {
  const { host, port } = server
  const remote = createImapRepository({ host, port, user: 'demo', password: () => 'demo', encryption: 'none' })
  try {
    const folder = await remote.open(folderPath(['INBOX']), 'select', signal)
    const stream = async function* () {
      yield mail
    }
    const whole = bodyOf(mail)
    const body = mail.length > 1024 * 1024 ? { ...whole, head: mail.subarray(0, 64 * 1024), stream } : whole
    const message: IncomingMessage = { id: messageId('1'), flags: noFlags, body }
    const [token] = await folder.prepare([message], signal)
    const [outcome] = await folder.append([{ ...message, token: token as string }], signal)
    if (!outcome || 'error' in outcome) return outcome as Appended
    for await (const read of folder.read([outcome.id], signal)) {
      if ('body' in read) return Buffer.from(await bytesOf(read.body))
    }
    return outcome
  } finally {
    await remote.close()
  }
}

describe('a message that calls its encoding binary', () => {
  it.for([
    { why: 'small', mail: Buffer.from(`${header}${'x'.repeat(100)}\xff\r\n`, 'latin1') },
    { why: 'streamed', mail: Buffer.from(`${header}${`${'x'.repeat(70)}\xff\r\n`.repeat(20_000)}`, 'latin1') },
  ])('reaches Dovecot as it is ($why)', async ({ mail }, test) => {
    const dovecot = await dovecotAvailability()
    if (!dovecot.ok) return test.skip(dovecot.reason)
    const server = await startDovecot()
    await server.addUser('demo', 'demo')
    const stored = await storeAndRead(server, mail).finally(() => server.close())
    expect(Buffer.isBuffer(stored) && stored.equals(mail)).toBe(true)
  })

  it('is refused where it holds octets of value 0, because Dovecot would encode it anew', async (test) => {
    const dovecot = await dovecotAvailability()
    if (!dovecot.ok) return test.skip(dovecot.reason)
    const server = await startDovecot()
    await server.addUser('demo', 'demo')
    const stored = await storeAndRead(server, Buffer.from(`${header}a\0b\r\n`)).finally(() => server.close())
    expect(stored).toMatchObject({ error: { code: 'imap/unstorable', scope: 'message' } })
  })
})
