import { createImapRepository } from '@mailtide/backend-imap'
import { folderPath, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import { startTestServer } from '@mailtide/test-server'
import { dovecotAvailability, startDovecot, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { measureLatency, quantile, type RemoteInbox } from './latency.ts'

const { signal } = new AbortController()
const plan = { down: 100, up: 100 }

async function dovecotInbox(without: readonly string[]): Promise<RemoteInbox> {
  const server = await startDovecot({ without })
  onTestFinished(() => server.close())
  await server.addUser('live', 'secret')
  const { host, port } = server
  const access = { host, port, user: 'live', password: 'secret' }
  const other = createImapRepository({ ...access, password: () => 'secret', encryption: 'none' })
  onTestFinished(() => other.close())
  const folder = await other.open(folderPath(['INBOX']), 'select', signal)
  return {
    ...access,
    async add(text) {
      const message = { id: messageId('x'), flags: noFlags, body: bodyOf(Buffer.from(text)) }
      const [token = ''] = await folder.prepare([message], signal)
      await folder.append([{ ...message, token }], signal)
    },
    async count() {
      const nothing = { count: 0, has: () => false, ids: () => [] }
      const changes = await folder.changes(undefined, nothing, signal)
      return changes.kind === 'full' ? [...changes.messages].length : Number.NaN
    },
  }
}

async function testInbox(extensions: Partial<Record<'NOTIFY' | 'IDLE', boolean>>): Promise<RemoteInbox> {
  const server = await startTestServer({ extensions })
  onTestFinished(() => server.close())
  const inbox = server.account().folder('INBOX')
  return {
    host: server.host,
    port: server.port,
    user: 'demo',
    password: 'demo',
    add: async (text) => void inbox.append(text),
    count: async () => inbox.messages().length,
  }
}

const dovecot = await dovecotAvailability()
const servers = [
  ...(dovecot.ok
    ? ([
        ['Dovecot, NOTIFY', () => dovecotInbox([]), plan],
        ['Dovecot, IDLE', () => dovecotInbox(['NOTIFY']), plan],
      ] as const)
    : []),
  ['test-server, NOTIFY', () => testInbox({}), plan],
  ['test-server, IDLE', () => testInbox({ NOTIFY: false }), plan],
  ['test-server, neither', () => testInbox({ NOTIFY: false, IDLE: false }), { down: 0, up: 100 }],
] as const

describe('a message', () => {
  it.each(servers)(
    'is on the other side within a second (%s)',
    async (name, open, counts) => {
      const { down, up } = await measureLatency(await open(), temporaryDirectory(), counts)
      for (const [way, values] of Object.entries({ down, up })) {
        if (values.length === 0) continue
        const [median, most, worst] = [0.5, 0.9, 1].map((part) => Math.round(quantile(values, part)))
        process.stdout.write(`${name}, ${way}: median ${median} ms, 90 % ${most} ms, worst ${worst} ms\n`)
        expect(median).toBeLessThan(1000)
      }
    },
    600_000,
  )
})
