import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { messageId } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openOfflineImapState } from './open-offlineimap-state.ts'
import { type FolderToWrite, type MessageToWrite, writeOfflineImapState } from './write-offlineimap-state.ts'

const keywords = { a: '$Label1', b: 'Work' }
const accountIn = (metadata: string) => ({
  metadata,
  account: 'home',
  localRepository: 'Local',
  remoteRepository: 'Remote',
  keywords,
})
const statusFile = 'Account-home/LocalStatus-sqlite/INBOX'

const message = (uid: number, flags: readonly string[] = [], more: Partial<MessageToWrite> = {}): MessageToWrite => ({
  remote: messageId(String(uid)),
  flags: new Set(flags),
  ...more,
})

const inbox = (messages: readonly MessageToWrite[], more: Partial<FolderToWrite> = {}): FolderToWrite => ({
  remoteName: 'INBOX',
  visibleName: 'INBOX',
  remoteSeparator: '/',
  localName: 'INBOX',
  remoteUidValidity: '17',
  messages,
  ...more,
})

async function write(metadata: string, ...folders: FolderToWrite[]) {
  const { written, failures } = await writeOfflineImapState(accountIn(metadata), folders, { durable: false })
  return { written: written.map((file) => file.slice(metadata.length + 1)), failures }
}

function rowsOf(metadata: string): unknown[] {
  const database = new DatabaseSync(join(metadata, statusFile), { readOnly: true })
  const rows = database.prepare('SELECT * FROM status ORDER BY id').all()
  database.close()
  return rows.map((row) => Object.values(row))
}

function alter(metadata: string, sql: string): void {
  mkdirSync(dirname(join(metadata, statusFile)), { recursive: true })
  const database = new DatabaseSync(join(metadata, statusFile))
  database.exec(sql)
  database.close()
}

const uid = fc.integer({ min: 1, max: 2 ** 32 - 1 })
const flags = fc.subarray(['\\Seen', '\\Flagged', '\\Draft', '\\Answered', '\\Deleted', '$Label1', 'Work'])
const mailbox = fc.uniqueArray(fc.record({ uid, local: uid, flags }), { selector: ({ uid }) => uid, maxLength: 20 })

describe('writeOfflineImapState', () => {
  it('writes what is read again, whatever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(mailbox, mailbox, async (before, after) => {
        const metadata = temporaryDirectory()
        for (const mails of [before, after]) {
          const messages = mails.map(({ uid, flags }) => message(uid, flags))
          expect((await write(metadata, inbox(messages))).failures).toEqual([])
          expect((await write(metadata, inbox(messages))).written).toEqual([])
          const inherited = openOfflineImapState(accountIn(metadata)).inherit(inbox([]))
          expect(inherited).toMatchObject({ remoteUidValidity: '17', localUidValidity: '42', count: mails.length })
          const sorted = mails.toSorted((a, b) => a.uid - b.uid)
          expect([...(inherited?.messages ?? [])]).toEqual(
            sorted.map(({ uid, flags }) => ({ remote: String(uid), local: undefined, flags: new Set(flags) })),
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  it('writes the UIDs of a local IMAP folder too', async () => {
    const distinct = mailbox.filter((mails) => new Set(mails.map(({ local }) => local)).size === mails.length)
    await fc.assert(
      fc.asyncProperty(distinct, async (mails) => {
        const metadata = temporaryDirectory()
        const messages = mails.map(({ uid, local }) => message(uid, [], { local: messageId(String(local)) }))
        const folder = inbox(messages, { localUidValidity: '99' })
        expect((await write(metadata, folder)).written).toHaveLength(4)
        expect((await write(metadata, folder)).written).toEqual([])
        const state = openOfflineImapState(accountIn(metadata))
        expect(state.readUidValidity('local', folder)).toBe('99')
        expect(state.readUidMap(folder)).toEqual(new Map(mails.map(({ uid, local }) => [uid, local])))
      }),
      { numRuns: 15 },
    )
  })

  it('makes the files and directories that OfflineIMAP makes, and nothing else', async () => {
    const metadata = join(temporaryDirectory(), 'meta')
    const folder = { ...inbox([message(1)]), remoteName: 'Sub/Deep', visibleName: 'pre/Sub/Deep', localName: '' }
    expect(await write(metadata, folder)).toEqual({
      failures: [],
      written: [
        'Account-home/LocalStatus-sqlite/pre.Sub.Deep',
        'Repository-Local/FolderValidity/dot',
        'Repository-Remote/FolderValidity/Sub.Deep',
      ],
    })
    expect(readdirSync(metadata, { recursive: true }).sort()).toEqual([
      'Account-home',
      'Account-home/LocalStatus-sqlite',
      'Account-home/LocalStatus-sqlite/pre.Sub.Deep',
      'Repository-Local',
      'Repository-Local/FolderValidity',
      'Repository-Local/FolderValidity/dot',
      'Repository-Remote',
      'Repository-Remote/FolderValidity',
      'Repository-Remote/FolderValidity/Sub.Deep',
    ])
    for (const name of ['', 'Account-home/LocalStatus-sqlite', 'Repository-Local/FolderValidity']) {
      expect(statSync(join(metadata, name)).mode & 0o777).toBe(0o700)
    }
    expect(readFileSync(join(metadata, 'Repository-Local/FolderValidity/dot'), 'latin1')).toBe('42\n')
  })

  it('writes the tables of version 2', async () => {
    const metadata = temporaryDirectory()
    const labels = { labels: ['Work', '\\Important'], mtime: 1_700_000_000 }
    await write(metadata, inbox([message(2, ['\\Seen', '\\Flagged', '$Forwarded']), message(3, [], labels)]))
    expect(rowsOf(metadata)).toEqual([
      [2, 'FS', 0, ''],
      [3, '', 1_700_000_000, 'Work, \\Important'],
    ])
  })

  it('leaves labels alone that it is not told of', async () => {
    const metadata = temporaryDirectory()
    await write(metadata, inbox([message(3, [], { labels: ['Work'], mtime: 1_700_000_000 })]))
    await write(metadata, inbox([message(3, ['\\Seen'])]))
    expect(rowsOf(metadata)).toEqual([[3, 'S', 1_700_000_000, 'Work']])
  })

  it('changes a database in its place, under whoever has it open', async () => {
    const metadata = temporaryDirectory()
    await write(metadata, inbox([message(1), message(2)]))
    const reader = new DatabaseSync(join(metadata, statusFile))
    onTestFinished(() => reader.close())
    await write(metadata, inbox([message(2, ['\\Seen'])]))
    expect(reader.prepare('SELECT id, flags FROM status').all()).toMatchObject([{ id: 2, flags: 'S' }])
  })

  it('upgrades version 1, and fills a database that has no tables yet', async () => {
    const first = `CREATE TABLE metadata (key VARCHAR(50) PRIMARY KEY, value VARCHAR(128));
      INSERT INTO metadata VALUES ('db_version', '1');
      CREATE TABLE status (id INTEGER PRIMARY KEY, flags VARCHAR(50)); INSERT INTO status VALUES (1, 'S'), (2, 'F');`
    for (const sql of [first, `${first} ALTER TABLE status ADD mtime INTEGER DEFAULT 0;`, '']) {
      const metadata = temporaryDirectory()
      alter(metadata, sql)
      expect((await write(metadata, inbox([message(1, ['\\Seen'])]))).failures).toEqual([])
      expect(rowsOf(metadata)).toEqual([[1, 'S', 0, '']])
      expect((await write(metadata, inbox([message(1, ['\\Seen'])]))).written).toEqual([])
    }
  })

  it('does not replace what it does not understand, and goes on with the neighbours', async () => {
    const metadata = temporaryDirectory()
    mkdirSync(dirname(join(metadata, statusFile)), { recursive: true })
    writeFileSync(join(metadata, statusFile), 'precious, though no database')
    const other = { ...inbox([message(1)]), remoteName: 'Sent', visibleName: 'Sent', localName: 'Sent' }
    const { written, failures } = await write(metadata, inbox([message(1)]), other)
    expect(failures).toMatchObject([{ folder: { remoteName: 'INBOX' }, error: { code: 'offlineimap/damaged' } }])
    expect(written).toContain('Account-home/LocalStatus-sqlite/Sent')
    expect(readFileSync(join(metadata, statusFile), 'latin1')).toBe('precious, though no database')
    expect(readdirSync(join(metadata, 'Repository-Remote/FolderValidity'))).toEqual(['Sent'])
  })

  it('leaves nothing behind of a new file whose writing was cut short', async () => {
    const metadata = temporaryDirectory()
    const messages = {
      *[Symbol.iterator]() {
        yield message(1)
        throw new Error('cut short')
      },
    }
    const { written, failures } = await write(metadata, { ...inbox([]), messages })
    expect(failures).toMatchObject([{ error: { message: 'cut short', scope: 'folder' } }])
    expect(written).toEqual([])
    expect(readdirSync(dirname(join(metadata, statusFile)))).toEqual([])
  })

  it('refuses folders that OfflineIMAP cannot tell apart', async () => {
    const metadata = temporaryDirectory()
    const folders = ['a/b', 'a.b'].map((name) => ({
      ...inbox([]),
      remoteName: name,
      visibleName: name,
      localName: name,
    }))
    const { written, failures } = await write(metadata, ...folders)
    expect(written).toEqual([])
    expect(failures.map(({ error }) => error.code)).toEqual(['offlineimap/file-shared', 'offlineimap/file-shared'])
    expect(readdirSync(metadata)).toEqual([])
  })

  it.each([
    { why: 'an id that is no UID', folder: inbox([message(0)]), code: 'offlineimap/not-a-uid' },
    {
      why: 'a message without a local UID',
      folder: inbox([message(1)], { localUidValidity: '9' }),
      code: 'offlineimap/not-a-uid',
    },
    { why: 'one UID twice', folder: inbox([message(1), message(1)]), code: 'offlineimap/uid-twice' },
    { why: 'a UIDVALIDITY that is none', folder: inbox([], { remoteUidValidity: '' }), code: 'offlineimap/not-a-uid' },
    { why: 'a name that is no file', folder: inbox([], { remoteName: '..' }), code: 'offlineimap/name-impossible' },
  ])('refuses $why, and leaves the status as it was', async ({ folder, code }) => {
    const metadata = temporaryDirectory()
    await write(metadata, inbox([message(5, ['\\Seen'])]))
    const { written, failures } = await write(metadata, folder)
    expect(failures).toMatchObject([{ error: { code } }])
    expect(written).toEqual([])
    expect(rowsOf(metadata)).toEqual([[5, 'S', 0, '']])
  })
})
