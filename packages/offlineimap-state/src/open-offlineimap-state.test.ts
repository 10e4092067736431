import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import type { OfflineImapFolder } from './account.ts'
import { openOfflineImapState } from './open-offlineimap-state.ts'

const deep: OfflineImapFolder = {
  remoteName: 'Sub/Deep',
  visibleName: 'pre/Sub/Deep',
  remoteSeparator: '/',
  localName: 'pre.Sub.Deep',
}
const inbox: OfflineImapFolder = { remoteName: 'INBOX', visibleName: '', remoteSeparator: '/', localName: '' }
const flatStart = 'OFFLINEIMAP LocalStatus CACHE DATA - DO NOT MODIFY - FORMAT 1\n'

function metadataWith(files: Readonly<Record<string, string>>) {
  const metadata = temporaryDirectory()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(metadata, name)), { recursive: true })
    writeFileSync(join(metadata, name), text)
  }
  return { metadata, account: 'home', localRepository: 'Local', remoteRepository: 'Remote' }
}

function writeDatabase(file: string, rows: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file)
  database.exec(`CREATE TABLE metadata (key PRIMARY KEY, value); INSERT INTO metadata VALUES ('db_version', '2');
    CREATE TABLE status (id INTEGER PRIMARY KEY, flags, mtime INTEGER, labels); INSERT INTO status VALUES ${rows}`)
  database.close()
}

describe('openOfflineImapState', () => {
  it('finds nothing where OfflineIMAP never was, and makes nothing', () => {
    const account = metadataWith({})
    const state = openOfflineImapState(account)
    expect(state.overview()).toEqual({ statusFiles: [], lastWrittenAt: undefined })
    expect(state.inherit(inbox)).toBeUndefined()
    expect(state.readUidValidity('remote', inbox)).toBeUndefined()
    expect(state.readStartUid('remote', inbox)).toBeUndefined()
    expect(readdirSync(account.metadata)).toEqual([])
  })

  it('finds each file under its own name', () => {
    const state = openOfflineImapState(
      metadataWith({
        'Account-home/LocalStatus/pre.Sub.Deep': `${flatStart}1:S\n`,
        'Repository-Remote/FolderValidity/Sub.Deep': '1795400824\n',
        'Repository-Local/FolderValidity/pre.Sub.Deep': '42\n',
        'Repository-Local/UIDMapping/pre.Sub.Deep': '7:1\n',
        'Repository-Remote/StartUID/Sub.Deep': '17',
      }),
    )
    expect(state.readStatus(deep)).toMatchObject({ format: 'flat', count: 1 })
    expect(state.readUidValidity('remote', deep)).toBe('1795400824')
    expect(state.readUidValidity('local', deep)).toBe('42')
    expect(state.readUidMap(deep)).toEqual(new Map([[1, 7]]))
    expect(state.readStartUid('remote', deep)).toBe(17)
    expect(state.readStartUid('local', deep)).toBeUndefined()
  })

  it('believes the database rather than the flat file of before', () => {
    const account = metadataWith({ 'Account-home/LocalStatus/dot': `${flatStart}1:S\n2:S\n` })
    writeDatabase(join(account.metadata, 'Account-home/LocalStatus-sqlite/dot'), "(9, 'F', 0, '')")
    expect(openOfflineImapState(account).readStatus(inbox)).toMatchObject({ format: 'sqlite', count: 1 })
  })

  it('hands over UIDs and flags in the words of IMAP', () => {
    const account = metadataWith({
      'Account-home/LocalStatus/dot': `${flatStart}12:FSa\n3:\n13:PS\n`,
      'Repository-Remote/FolderValidity/INBOX': '0017\n',
    })
    const inherited = openOfflineImapState({ ...account, keywords: { a: '$Label1' } }).inherit(inbox)
    expect(inherited).toMatchObject({ remoteUidValidity: '17', localUidValidity: undefined, count: 3 })
    expect([...(inherited?.messages ?? [])]).toEqual([
      { remote: '3', local: undefined, flags: new Set() },
      { remote: '12', local: undefined, flags: new Set(['\\Flagged', '\\Seen', '$Label1']) },
      { remote: '13', local: undefined, flags: new Set(['\\Seen']) },
    ])
  })

  it('hands over local UIDs too, and no message whose local UID nobody knows', () => {
    const state = openOfflineImapState(
      metadataWith({
        'Account-home/LocalStatus/dot': `${flatStart}1:S\n2:S\n`,
        'Repository-Local/UIDMapping/dot': '70:2\n80:3\n',
      }),
    )
    expect([...(state.inherit(inbox)?.messages ?? [])]).toEqual([
      { remote: '2', local: '70', flags: new Set(['\\Seen']) },
    ])
  })

  it('tells which folders have a status, and when one was written last', () => {
    const account = metadataWith({
      'Account-home/LocalStatus/old': flatStart,
      'Account-home/LocalStatus/old.tmp': '',
      'Account-home/LocalStatus-sqlite/travel-journal': '',
    })
    const directory = join(account.metadata, 'Account-home')
    mkdirSync(join(directory, 'LocalStatus-sqlite/no-file'))
    writeDatabase(join(directory, 'LocalStatus-sqlite/dot'), "(9, 'F', 0, '')")
    for (const name of ['LocalStatus/old', 'LocalStatus/old.tmp', 'LocalStatus-sqlite/travel-journal']) {
      utimesSync(join(directory, name), 1000, 1000)
    }
    const lastWrittenAt = new Date(statSync(join(directory, 'LocalStatus-sqlite/dot')).mtimeMs)
    expect(openOfflineImapState(account).overview()).toEqual({
      statusFiles: ['dot', 'old', 'travel-journal'],
      lastWrittenAt,
    })
  })

  it.each(['', 'many\n', '-1\n', '1 2\n'])('refuses a UIDVALIDITY of %j', (text) => {
    const state = openOfflineImapState(metadataWith({ 'Repository-Remote/FolderValidity/INBOX': text }))
    expect(() => state.readUidValidity('remote', inbox)).toThrow(
      expect.objectContaining({
        code: 'offlineimap/damaged',
        message: expect.stringContaining('FolderValidity/INBOX'),
      }),
    )
  })

  it('does not take a file that cannot be read for one that is not there', () => {
    const account = metadataWith({ 'Account-home/LocalStatus/dot/inside': '' })
    expect(() => openOfflineImapState(account).inherit(inbox)).toThrow(/LocalStatus\/dot/)
  })
})
