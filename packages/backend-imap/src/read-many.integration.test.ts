import { type Folder, folderPath, type IncomingMessage, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { startTestServer } from '@mailtide/test-server'
import { dovecotAvailability, startDovecot } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createImapRepository } from './index.ts'

const signal = new AbortController().signal
const inbox = folderPath(['INBOX'])
const mails = Array.from({ length: 450 }, (_, n) => Buffer.from(`Subject: ${n}\r\n\r\n${'x'.repeat(n * 7)}\r\n${n}`))

/** Stores the mails and reads them back, in as many commands as reading takes. */
async function expectOwnBytes(host: string, port: number): Promise<void> {
  const remote = createImapRepository({ host, port, user: 'demo', password: () => 'demo', encryption: 'none' })
  try {
    const folder = await remote.open(inbox, 'select', signal)
    const ids = await store(folder)
    const brought = new Map<string, Buffer>()
    for await (const message of folder.read(ids, signal)) {
      if ('error' in message) throw message.error
      brought.set(message.id, Buffer.from(await bytesOf(message.body)))
    }
    ids.forEach((id, n) => {
      expect(brought.get(id)?.toString('latin1')).toBe(mails[n]?.toString('latin1'))
    })
    await folder.close()
  } finally {
    await remote.close()
  }
}

async function store(folder: Folder) {
  const messages: IncomingMessage[] = mails.map((mail, n) => ({
    id: messageId(String(n)),
    flags: noFlags,
    body: bodyOf(mail),
  }))
  const tokens = await folder.prepare(messages, signal)
  const batch = messages.map((message, n) => ({ ...message, token: tokens[n] as string }))
  const outcomes = await folder.append(batch, signal)
  return outcomes.map((outcome) => {
    if ('error' in outcome) throw outcome.error
    return outcome.id
  })
}

describe('reading with several commands in flight', () => {
  it('brings each message with its own octets from the test server', async () => {
    const server = await startTestServer()
    await expectOwnBytes(server.host, server.port).finally(() => server.close())
  })

  it('brings each message with its own octets from Dovecot, which answers several commands as one', async (test) => {
    const dovecot = await dovecotAvailability()
    if (!dovecot.ok) return test.skip(dovecot.reason)
    const server = await startDovecot()
    await server.addUser('demo', 'demo')
    await expectOwnBytes(server.host, server.port).finally(() => server.close())
  })
})
