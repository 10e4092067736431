import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { createMaildirRepository } from '@mailtide/backend-maildir'
import { type FolderPath, messageId, noFlags } from '@mailtide/contracts'
import { sync } from '@mailtide/engine'
import { bodyOf } from '@mailtide/message-bytes'
import {
  courierAvailability,
  createMemoryStatus,
  cyrusAvailability,
  startCourier,
  startCyrus,
  temporaryDirectory,
} from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'

const servers = [
  { name: 'Courier', availability: courierAvailability, start: () => startCourier() },
  { name: 'Cyrus', availability: cyrusAvailability, start: () => startCyrus({ settings: 'munge8bit: yes' }) },
]
const signal = new AbortController().signal
const inbox = 'INBOX' as FolderPath

/** What servers store in another form: an open last line, octets beyond ASCII in a header, and both. */
const letters = [
  'From: a@example.org\r\nSubject: open\r\n\r\nno end',
  'From: a@example.org\r\nSubject: gr\xfc\xdfe\r\n\r\nhello\r\n',
  'From: a@example.org\r\nSubject: \xfc\xfc\r\n\r\nneither',
].map((text) => Buffer.from(text, 'latin1'))

describe.each(servers)('mail that is new on both sides of $name', ({ availability, start }) => {
  it('is not doubled by the form in which the server stores it', async (ctx) => {
    const available = await availability()
    if (!available.ok) return ctx.skip(available.reason)
    const server = await start()
    onTestFinished(() => server.close())
    await server.addUser('alex', 'secret')
    const remote = createImapRepository({
      host: server.host,
      port: server.port,
      user: 'alex',
      password: () => 'secret',
      encryption: 'none',
      connections: 2,
    })
    onTestFinished(() => remote.close())
    const root = temporaryDirectory()
    const local = createMaildirRepository({ root, separator: '/', durable: false })
    const failures: Error[] = []
    const status = createMemoryStatus()
    const syncAgain = () =>
      sync({
        account: 'home',
        local,
        remote,
        status,
        emit: (event) => event.type === 'failed' && failures.push(event.error),
      })
    await syncAgain()

    const messages = letters.map((bytes) => ({ id: messageId('x'), flags: noFlags, body: bodyOf(bytes) }))
    const folder = await remote.open(inbox, 'select', signal)
    const tokens = await folder.prepare(messages, signal)
    const outgoing = messages.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
    for (const outcome of await folder.append(outgoing, signal)) expect(outcome).toHaveProperty('id')
    await folder.close()
    mkdirSync(join(root, 'INBOX/new'), { recursive: true })
    for (const [index, bytes] of letters.entries()) {
      const file = join(root, 'INBOX/new', `170000000${index}.${index}.here`)
      writeFileSync(file, bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    }

    for (let run = 0; run < 2; run++) {
      const { counts } = await syncAgain()
      expect([counts.local.copied, counts.remote.copied]).toEqual([0, 0])
      expect(failures).toEqual([])
    }
    const here = ['new', 'cur'].flatMap((part) => readdirSync(join(root, 'INBOX', part)))
    expect(here).toHaveLength(letters.length)
  })
})
