import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { type FlagSet, folderPath, type OutgoingMessage, type Repository } from '@mailtide/contracts'
import {
  type DovecotServer,
  dovecotAvailability,
  offlineImapAvailability,
  runOfflineImap,
  startDovecot,
} from '@mailtide/testing'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createHome, type Home } from '../testing/mailtide-home.ts'

const { signal } = new AbortController()
let missing: string | undefined

beforeAll(async () => {
  for (const availability of [await dovecotAvailability(), await offlineImapAvailability()]) {
    if (!availability.ok) missing ??= availability.reason
  }
})

const folders = [['INBOX'], ['Work'], ['Work', 'Projects', 'Deep'], ['two words']] as const
const flagsOf = (number: number): string[] =>
  [[], ['\\Seen'], ['\\Seen', '\\Flagged'], ['\\Answered', '\\Seen', '$Work'], ['\\Draft']][number % 5] ?? []

function textOf(number: number): string {
  const lines = Array.from(
    { length: 3 + (number % 20) },
    (_, line) => `Line ${line} of message ${number}, with ümlauts.`,
  )
  return `Message-ID: <${number}@example.org>\r\nSubject: Message ${number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${lines.join('\r\n')}\r\n`
}

/** An account of so many messages on a Dovecot of its own, and an rc file that both programs read. */
async function scene(messages: number, { account = '', nametrans = true } = {}) {
  const server = await startDovecot()
  onTestFinished(() => server.close())
  await server.addUser('demo', 'demo', { separator: '/' })
  const remote = repositoryOf(server)
  onTestFinished(() => remote.close())
  await remote.survey(new Map(), signal)
  for (const [index, segments] of folders.entries()) {
    if (index > 0) await remote.createFolder(folderPath([...segments]), signal)
    const numbers = Array.from({ length: messages }, (_, number) => number).filter((n) => n % folders.length === index)
    await append(remote, segments, numbers)
  }
  const home = createHome()
  const rc = `[general]
accounts = home
metadata = ${home.path('state')}
[Account home]
localrepository = disk
remoterepository = server
${account}
[Repository disk]
type = Maildir
localfolders = ${home.path('mail')}
customflag_a = $Work
${nametrans ? "nametrans = lambda f: 'INBOX' if f == 'in' else f[2:]" : ''}
[Repository server]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${server.port}
remoteuser = demo
remotepass = demo
ssl = no
starttls = no
${nametrans ? "nametrans = lambda f: 'in' if f == 'INBOX' else 'x-' + f" : ''}
`
  home.write(rc)
  return { home, remote, offlineimap: () => runOfflineImap({ home: home.path('offlineimap'), rc, timeout: 240_000 }) }
}

function repositoryOf({ host, port }: DovecotServer): Repository {
  return createImapRepository({ host, port, user: 'demo', password: () => 'demo', encryption: 'none' })
}

async function append(remote: Repository, segments: readonly string[], numbers: readonly number[]): Promise<void> {
  const folder = await remote.open(folderPath([...segments]), 'select', signal)
  const batch = numbers.map((number) => {
    const head = Buffer.from(textOf(number))
    const body = {
      size: head.length,
      head,
      stream: async function* () {
        yield head
      },
    }
    return {
      id: String(number) as never,
      flags: new Set(flagsOf(number)) as FlagSet,
      body,
      receivedAt: new Date(1.6e12 + number * 1000),
    }
  })
  const tokens = await folder.prepare(batch, signal)
  const outgoing: OutgoingMessage[] = batch.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
  const appended = await folder.append(outgoing, signal)
  expect(appended.filter((outcome) => 'error' in outcome)).toEqual([])
  await folder.close()
}

const hash = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')

/** Every file with its name, time and content; every message with its UID, flags and content. */
async function snapshot(home: Home, remote: Repository) {
  const local = home
    .files('mail')
    .filter((name) => /(cur|new)\//.test(name))
    .sort()
  const files = local.map((name) => {
    const path = home.path('mail', name)
    return [name, statSync(path).mtimeMs, hash(readFileSync(path))]
  })
  const there: unknown[] = []
  for (const segments of folders) {
    const folder = await remote.open(folderPath([...segments]), 'examine', signal)
    const changes = await folder.changes(undefined, { count: 0, has: () => false, ids: () => [] }, signal)
    const listed = changes.kind === 'full' ? [...changes.messages] : []
    const flags = new Map(listed.map(({ id, flags: set }) => [id, [...set].sort()]))
    for await (const message of folder.read([...flags.keys()], signal)) {
      if ('error' in message) throw message.error
      there.push([segments.join('/'), message.id, flags.get(message.id), hash(message.body.head)])
    }
    await folder.close()
  }
  return { files, there: there.map((row) => JSON.stringify(row)).sort() }
}

/** The bodies of both sides, each once for each copy, in one order. */
function contents(home: Home): string[] {
  return home
    .files('mail')
    .filter((name) => /(cur|new)\//.test(name))
    .map((name) => readFileSync(home.path('mail', name), 'utf8').replaceAll('\n', '\r\n'))
    .sort()
}

const copies = (output: string) =>
  output.split('\n').filter((line) => /Copy messages|Deleted|Changed the flags|Creating/.test(line))

describe('switching from OfflineIMAP and back', { timeout: 240_000 }, () => {
  it('transfers none of 2,000 messages, with nested folders, nametrans, flags and custom flags', async (ctx) => {
    if (missing !== undefined) return ctx.skip(missing)
    const { home, remote, offlineimap } = await scene(2000, { account: 'write-offlineimap-state = yes' })
    await offlineimap()
    // What it brought as keywords becomes letters in its second run.
    await offlineimap()
    expect((await offlineimap()).deeds).toEqual([])
    const before = await snapshot(home, remote)
    expect(before.files).toHaveLength(2000)

    const { code, out } = await home.run('-u', 'basic')
    expect({ code, copies: copies(out) }).toEqual({ code: 0, copies: [] })
    expect(out.match(/Took over (\d+) messages/g)).toHaveLength(folders.length)
    expect(await snapshot(home, remote)).toEqual(before)

    expect((await offlineimap()).deeds).toEqual([])
    expect(await snapshot(home, remote)).toEqual(before)
    expect(contents(home)).toEqual(Array.from({ length: 2000 }, (_, number) => textOf(number)).sort())
  })

  it('passes on what was done between the two, and only that', async (ctx) => {
    if (missing !== undefined) return ctx.skip(missing)
    const { home, remote, offlineimap } = await scene(40, {
      account: 'write-offlineimap-state = yes',
      nametrans: false,
    })
    await offlineimap()
    await offlineimap()
    const inbox = home
      .files('mail/INBOX')
      .filter((name) => /^(cur|new)\//.test(name))
      .sort()
    const plain = inbox.filter((name) => /:2,$/.test(name))
    const [gone = '', read = ''] = plain
    unlinkSync(home.path('mail/INBOX', gone))
    renameSync(
      home.path('mail/INBOX', read),
      home.path('mail/INBOX', read.replace(/^new/, 'cur').replace(/:2,.*/, ':2,FS')),
    )
    await append(remote, ['INBOX'], [100])

    const { code, out } = await home.run('-u', 'basic')
    expect(code).toBe(0)
    expect(copies(out).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^Copy messages: 1 \(.*\) server:INBOX -> disk:INBOX$/),
      'Deleted 1 message in server:INBOX',
      'Changed the flags of 1 message on server:INBOX',
    ])
    const after = await snapshot(home, remote)
    expect(after.files).toHaveLength(40)
    expect(after.there).toHaveLength(40)
    // OfflineIMAP finds nothing to do, for its own state was kept up to date.
    expect((await offlineimap()).deeds).toEqual([])
    expect(await snapshot(home, remote)).toEqual(after)
  })

  it.each([
    ['the database is lost, and the names are there', (home: Home) => rmSync(home.path('state'), { recursive: true })],
    [
      'files have lost their U=, and the database is there',
      (home: Home) => {
        for (const part of ['cur', 'new']) {
          const directory = home.path('mail/INBOX', part)
          for (const name of readdirSync(directory)) {
            renameSync(join(directory, name), join(directory, name.replace(/,U=\d+,FMD5=[0-9a-f]+/, '')))
          }
        }
      },
    ],
  ])('needs no transfer when %s', async (_, lose) => {
    const { home, remote } = await scene(40, { nametrans: false })
    expect((await home.run('-u', 'quiet')).code).toBe(0)
    const before = await snapshot(home, remote)
    lose(home)
    const { code, out } = await home.run('-u', 'basic')
    expect({ code, copies: copies(out) }).toEqual({ code: 0, copies: [] })
    const after = await snapshot(home, remote)
    expect(after.there).toEqual(before.there)
    expect(after.files.map(([, , content]) => content).sort()).toEqual(
      before.files.map(([, , content]) => content).sort(),
    )
    expect(copies((await home.run('-u', 'basic')).out)).toEqual([])
  })
})
