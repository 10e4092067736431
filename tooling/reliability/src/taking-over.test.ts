import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { createMaildirRepository } from '@mailtide/backend-maildir'
import { type Counts, messageId, noFlags } from '@mailtide/contracts'
import { type SyncRequest, sync } from '@mailtide/engine'
import { openStatus } from '@mailtide/status-sqlite'
import { startTestServer } from '@mailtide/test-server'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMaildirSide } from './maildir-side.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))

function mailOf(number: number, octets = 0): Buffer {
  return Buffer.from(
    `Message-ID: <${number}@example.org>\r\nSubject: ${number}\r\n\r\n${number}\r\n`.padEnd(octets, 'x\r\n'),
  )
}

/** A Maildir and a server, as another program left them: the same messages, with the UID in every name. */
async function begin(messages: number, localDay: (number: number) => Date) {
  const directory = temporaryDirectory()
  const server = await startTestServer({ tls: 'none' })
  onTestFinished(() => server.close())
  const root = join(directory, 'mail')
  const local = createMaildirSide(root)
  await local.createFolder('INBOX')
  const inbox = server.account('demo').folder('INBOX')
  for (let number = 1; number <= messages; number++) {
    const uid = inbox.append(mailOf(number), { flags: [], internalDate: day(number) })
    await local.addNamed('INBOX', { bytes: mailOf(number), flags: noFlags, receivedAt: localDay(number) }, uid)
  }
  const file = join(directory, 'status.sqlite')
  const known = inbox.messages().map(({ uid }) => ({ remote: messageId(String(uid)), flags: noFlags }))
  return {
    inbox,
    local,
    inherit: async () => ({ remoteEpoch: String(inbox.uidValidity), messages: known }),
    loseStatus: () => rmSync(file),
    /** Runs, and tells what was fetched besides. */
    async run(more: Partial<SyncRequest> = {}): Promise<{ counts: Counts; fetched: string[] }> {
      const before = server.commands.length
      const status = openStatus({ file, durable: false })
      const { host, port } = server
      const login = { host, port, user: 'demo', password: () => 'demo', encryption: 'none' } as const
      const repositories = {
        local: createMaildirRepository({ root, separator: '.', durable: false }),
        remote: createImapRepository({ ...login, timeout: 20, connections: 2, folderNames: 'utf-8' }),
      }
      try {
        const { counts, failures } = await sync({ account: 'test', ...repositories, status, emit: () => {}, ...more })
        expect(failures).toBe(0)
        const bodies = server.commands.slice(before).flatMap(({ text }) => /BODY\.PEEK\[\w*\]/.exec(text) ?? [])
        return { counts, fetched: bodies }
      } finally {
        await repositories.remote.close()
        await repositories.local.close()
        status.close()
      }
    },
  }
}

const nothing = { local: { copied: 0, removed: 0, flagged: 0 }, remote: { copied: 0, removed: 0, flagged: 0 } }

describe('on a Maildir and a server', () => {
  it('what another program knew is taken over unread, and what was deleted since is deleted', async () => {
    const world = await begin(30, () => day(90))
    const [first] = await world.local.list('INBOX')
    await world.local.remove('INBOX', first?.id ?? '')
    expect(await world.run({ inherit: world.inherit })).toEqual({
      counts: { ...nothing, remote: { copied: 0, removed: 1, flagged: 0 } },
      fetched: [],
    })
    expect(await world.run()).toEqual({ counts: nothing, fetched: [] })
  })

  it('a lost status is found again from names, sizes and dates alone', async () => {
    const world = await begin(30, day)
    await world.run()
    world.loseStatus()
    expect(await world.run()).toEqual({ counts: nothing, fetched: [] })
  })

  it('a lost status costs headers, and no body, where dates are of the download', async () => {
    const world = await begin(30, () => day(90))
    const { counts, fetched } = await world.run()
    expect(counts).toEqual(nothing)
    expect(new Set(fetched)).toEqual(new Set(['BODY.PEEK[HEADER]']))
  })

  it('a message that line ends make too big over there is uploaded and never removed for it', async () => {
    const world = await begin(0, day)
    const big = mailOf(1, 400)
    const inFile = big.filter((octet) => octet !== 13).length
    await world.local.add('INBOX', { bytes: big, flags: noFlags })
    await world.local.add('INBOX', { bytes: mailOf(2, 500), flags: noFlags })
    expect(big.length).toBeGreaterThan(inFile)
    const window = { local: { maxSize: inFile }, remote: { maxSize: inFile - 1 } }
    expect((await world.run({ window })).counts.remote.copied).toBe(1)
    for (let run = 0; run < 3; run++) expect((await world.run({ window })).counts).toEqual(nothing)
    expect([(await world.local.list('INBOX')).length, world.inbox.messages().length]).toEqual([2, 1])
    expect((await world.run()).counts.remote.copied).toBe(1)
  })
})
