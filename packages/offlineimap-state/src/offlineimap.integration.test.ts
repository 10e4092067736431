import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type DovecotServer,
  dovecotAvailability,
  offlineImapAvailability,
  runOfflineImap,
  startDovecot,
  temporaryDirectory,
} from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import type { OfflineImapFolder } from './account.ts'
import { type Mailbox, mailboxOf } from './dovecot.fixture.ts'
import { offlineImapLock } from './offlineimap-lock.ts'
import { openOfflineImapState } from './open-offlineimap-state.ts'
import { type FolderToWrite, writeOfflineImapState } from './write-offlineimap-state.ts'

let server: DovecotServer
let missing: string | undefined
let users = 0

beforeAll(async () => {
  for (const availability of [await offlineImapAvailability(), await dovecotAvailability()]) {
    if (!availability.ok) missing = availability.reason
  }
  if (!missing) server = await startDovecot()
})

afterAll(() => server?.close())

const remoteOf = (mailbox: Mailbox, name = 'Remote') => `
[Repository ${name}]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${mailbox.port}
remoteuser = ${mailbox.user}
remotepass = secret
auth_mechanisms = PLAIN
ssl = no
starttls = no
`

const accountIn = (metadata: string) => ({
  metadata,
  account: 'home',
  localRepository: 'Local',
  remoteRepository: 'Remote',
  keywords: { a: '$Label1', w: 'Work' },
})

/** A home in which OfflineIMAP runs with a metadata directory of the test's choice. */
function homeFor(sections: (home: string) => string) {
  const home = temporaryDirectory()
  return {
    home,
    metadata: (name = 'metadata') => join(home, name),
    run: (name = 'metadata', account = '') => {
      const general = `[general]\naccounts = home\nmetadata = ${join(home, name)}\n`
      const own = `[Account home]\nlocalrepository = Local\nremoterepository = Remote\nutf8foldernames = yes\n${account}\n`
      return runOfflineImap({ home, rc: `${general}${own}${sections(home)}` })
    },
    files: () => {
      const entries = readdirSync(join(home, 'mail'), { recursive: true, withFileTypes: true })
      return entries.flatMap((entry) => (entry.isFile() ? join(entry.parentPath, entry.name) : [])).sort()
    },
  }
}

async function newMailbox(context: TestContext, separator?: '.' | '/'): Promise<Mailbox> {
  if (missing) return context.skip(missing)
  return mailboxOf(server, `user${++users}`, separator)
}

/** Writes under another name what OfflineIMAP left under the first, message by message. */
async function copyState(from: string, to: string, folders: readonly OfflineImapFolder[]) {
  const state = openOfflineImapState(accountIn(from))
  const known = folders.map((folder): FolderToWrite => {
    const inherited = state.inherit(folder)
    if (!inherited?.remoteUidValidity) throw new Error(`no state of ${folder.remoteName}`)
    const { remoteUidValidity, localUidValidity, messages } = inherited
    const toWrite = [...messages].map(({ local, ...message }) => ({ ...message, ...(local && { local }) }))
    const isMaildir = localUidValidity === '42'
    return {
      ...folder,
      remoteUidValidity,
      ...(!isMaildir && localUidValidity && { localUidValidity }),
      messages: toWrite,
    }
  })
  const untouched = await writeOfflineImapState(accountIn(from), known, { durable: false })
  const written = await writeOfflineImapState(accountIn(to), known, { durable: false })
  return { untouched, written }
}

const filesIn = (metadata: string) =>
  readdirSync(metadata, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(basename(dirname(dirname(join(entry.parentPath, entry.name)))), basename(entry.parentPath), entry.name),
    )
    .sort()

describe('what OfflineIMAP left of an account with a Maildir', () => {
  const folder = (remoteName: string, localName: string): OfflineImapFolder => ({
    remoteName,
    visibleName: localName,
    remoteSeparator: '/',
    localName,
  })
  const folders = [
    folder('INBOX', ''),
    folder('Sub/Deep', 'pre/Sub/Deep'),
    folder('Entwürfe', 'pre/Entwürfe'),
    folder('with space', 'pre/with space'),
    folder('empty', 'pre/empty'),
  ]

  async function synchronised(context: TestContext) {
    const mailbox = await newMailbox(context)
    await mailbox.command('CREATE Sub/Deep', 'CREATE Entw&APw-rfe', 'CREATE "with space"', 'CREATE empty')
    await mailbox.append('INBOX', '\\Seen', 'one')
    await mailbox.append('INBOX', '\\Flagged $Label1 Unknown', 'two')
    await mailbox.append('INBOX', '', 'three')
    await mailbox.append('Sub/Deep', '\\Seen \\Answered Work', 'four')
    await mailbox.append('Entw&APw-rfe', '\\Draft', 'five')
    await mailbox.append('with space', '\\Deleted', 'six')
    const home = homeFor(
      (root) => `[Repository Local]
type = Maildir
localfolders = ${root}/mail
sep = /
customflag_a = $Label1
customflag_w = Work
nametrans = lambda name: 'INBOX' if name == '' else name.replace('pre/', '')
${remoteOf(mailbox)}nametrans = lambda name: '' if name == 'INBOX' else 'pre/' + name
`,
    )
    const first = await home.run()
    expect(first).toMatchObject({
      exitCode: 0,
      deeds: expect.arrayContaining([expect.stringContaining('Copy message')]),
    })
    return { mailbox, home }
  }

  it('is read: status, flags, UIDVALIDITY', async (context) => {
    const { mailbox, home } = await synchronised(context)
    const state = openOfflineImapState(accountIn(home.metadata()))
    const names = ['dot', 'pre.Entwürfe', 'pre.Sub.Deep', 'pre.empty', 'pre.with space']
    expect(state.overview()).toEqual({ statusFiles: names, lastWrittenAt: expect.any(Date) })
    const contents = await mailbox.contents()
    const read = folders.map((folder) => {
      const inherited = state.inherit(folder)
      expect(contents).toContain(`UIDVALIDITY ${inherited?.remoteUidValidity}`)
      expect(inherited?.localUidValidity).toBe('42')
      return [...(inherited?.messages ?? ['none'])]
    })
    const message = (uid: number, ...flags: string[]) => ({
      remote: String(uid),
      local: undefined,
      flags: new Set(flags),
    })
    expect(read).toEqual([
      [message(1, '\\Seen'), message(2, '\\Flagged', '$Label1'), message(3)],
      [message(1, '\\Seen', '\\Answered', 'Work')],
      [message(1, '\\Draft')],
      [message(1, '\\Deleted')],
      [],
    ])
  })

  it('is written so that OfflineIMAP finds nothing to do', async (context) => {
    const { mailbox, home } = await synchronised(context)
    const { untouched, written } = await copyState(home.metadata(), home.metadata('written'), folders)
    expect(untouched).toEqual({ written: [], failures: [] })
    expect(written.failures).toEqual([])
    expect(filesIn(home.metadata('written'))).toEqual(filesIn(home.metadata()))
    const before = [await mailbox.contents(), home.files()]
    expect(await home.run('written')).toMatchObject({ exitCode: 0, deeds: [] })
    expect([await mailbox.contents(), home.files()]).toEqual(before)
  })

  it('is written so that OfflineIMAP sees what changed since, and no more', async (context) => {
    const { mailbox, home } = await synchronised(context)
    await copyState(home.metadata(), home.metadata('written'), folders)
    const state = openOfflineImapState(accountIn(home.metadata('written')))
    const { lastWrittenAt = new Date(0) } = state.overview()
    await home.run('written')
    expect(state.overview().lastWrittenAt).toEqual(lastWrittenAt)
    await mailbox.append('INBOX', '', 'seven')
    await mailbox.command('SELECT Sub/Deep', 'UID STORE 1 +FLAGS (\\Deleted)', 'EXPUNGE')
    const { deeds } = await home.run('written')
    expect(deeds.map((line) => line.replace(/ (\(|in ).*/, ''))).toEqual(
      expect.arrayContaining(['Copy message UID 4', 'Deleting 1 messages']),
    )
    expect(deeds).toHaveLength(2)
    expect(state.overview().lastWrittenAt?.getTime()).toBeGreaterThan(lastWrittenAt.getTime())
  })

  it('holds no P, so that OfflineIMAP neither takes it off a file nor tells the server', async (context) => {
    const { mailbox, home } = await synchronised(context)
    const [file = ''] = home.files().filter((file) => /\/mail\/cur\/.*S$/.test(file))
    renameSync(file, file.replace(/S$/, 'PS'))
    await copyState(home.metadata(), home.metadata('written'), folders)
    const before = [await mailbox.contents(), home.files()]
    const { deeds } = await home.run('written')
    expect(deeds).toEqual([expect.stringContaining('Adding flag P to 1 messages')])
    expect([await mailbox.contents(), home.files()]).toEqual(before)
  })

  it('is locked while OfflineIMAP runs, and free afterwards', async (context) => {
    const { home } = await synchronised(context)
    if (!existsSync('/proc/locks')) return context.skip('locks of others are seen on Linux only')
    const [arrived, leave, hook] = ['arrived', 'leave', 'hook'].map((name) => join(home.home, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(hook, `touch ${arrived}; for i in $(seq 1000); do [ -e ${leave} ] && exit; sleep 0.02; done`)
    const running = home.run('metadata', `presynchook = sh ${hook}`)
    const deadline = Date.now() + 20_000
    while (!existsSync(arrived) && Date.now() < deadline) await wait(10)
    const during = offlineImapLock(home.metadata(), 'home')
    writeFileSync(leave, '')
    await running
    expect(during).toEqual({ state: 'held', processId: expect.any(Number) })
    expect(offlineImapLock(home.metadata(), 'home')).toEqual({ state: 'free' })
  })
})

describe('what OfflineIMAP left of an account with two servers', () => {
  it('is read with its UID map, and written so that OfflineIMAP finds nothing to do', async (context) => {
    const remote = await newMailbox(context, '/')
    const local = await newMailbox(context, '.')
    await local.append('INBOX', '', 'to be uploaded')
    await remote.command('CREATE Sub/Deep')
    for (const subject of ['one', 'two']) await remote.append('INBOX', '\\Seen', subject)
    await remote.append('Sub/Deep', '\\Flagged', 'three')
    await remote.command('SELECT INBOX', 'UID STORE 1 +FLAGS (\\Deleted)', 'EXPUNGE')
    const home = homeFor(() => `${remoteOf(local, 'Local')}${remoteOf(remote)}`)
    expect(await home.run()).toMatchObject({ exitCode: 0 })
    // What was uploaded in one run gets its place in the map there; another run settles it.
    await home.run()

    const folders = ['INBOX', 'Sub/Deep'].map((name) => ({
      remoteName: name,
      visibleName: name,
      remoteSeparator: '/',
      localName: name.replace('/', '.'),
    }))
    const state = openOfflineImapState(accountIn(home.metadata()))
    const messages = folders.map((folder) => [...(state.inherit(folder)?.messages ?? [])])
    expect(messages).toEqual([
      [
        { remote: '2', local: '2', flags: new Set(['\\Seen']) },
        { remote: '3', local: '1', flags: new Set() },
      ],
      [{ remote: '1', local: '1', flags: new Set(['\\Flagged']) }],
    ])

    const { written } = await copyState(home.metadata(), home.metadata('written'), folders)
    expect(written.failures).toEqual([])
    const before = [await remote.contents(), await local.contents()]
    expect(await home.run('written')).toMatchObject({ exitCode: 0, deeds: [] })
    expect([await remote.contents(), await local.contents()]).toEqual(before)
  })
})
