import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type FolderPath, messageId, noFlags, type OutgoingMessage } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { temporaryDirectory } from '@mailtide/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMaildirRepository, type MaildirOptions } from './create-maildir-repository.ts'

const signal = new AbortController().signal
const inbox = 'INBOX' as FolderPath
const hash = '7e33429f656f1e6e9d79b29c3f82c57e'
const nothingKnown = { count: 0, has: () => false, ids: () => [] }

let root: string
let now: Date

beforeEach(() => {
  root = join(temporaryDirectory(), 'mail')
  now = new Date('2030-01-01T00:00:00Z')
})

const repository = (options: Partial<MaildirOptions> = {}) =>
  createMaildirRepository({ root, now: () => now, hostName: 'vm', processId: 7, ...options })

async function inboxOf(options: Partial<MaildirOptions> = {}) {
  const maildir = repository(options)
  await maildir.establish!(signal)
  await maildir.createFolder(inbox, signal)
  return { maildir, folder: await maildir.open(inbox, 'select', signal) }
}

const outgoing = (token: string, text: string, flags: string[] = []): OutgoingMessage => ({
  id: messageId('1'),
  token,
  flags: new Set(flags),
  body: bodyOf(Buffer.from(text, 'latin1')),
})

const list = (part: string, folder = 'INBOX') => readdirSync(join(root, folder, part)).sort()

async function texts(folder: Awaited<ReturnType<typeof inboxOf>>['folder'], ids: readonly string[]) {
  const found: Record<string, string> = {}
  for await (const message of folder.read(ids.map(messageId), signal)) {
    found[message.id] =
      'error' in message ? message.error.message : Buffer.from(await bytesOf(message.body)).toString('latin1')
  }
  return found
}

describe('a Maildir', () => {
  it('stores messages under the names of OfflineIMAP, by their flags in new or cur', async () => {
    const { folder } = await inboxOf()
    const messages = [
      { ...outgoing('', 'A: 1\r\n\r\nx'), id: messageId('4') },
      outgoing('', 'B: 1\r\n\r\nx', ['\\Seen', '$Forwarded', 'junk']),
    ]
    const tokens = await folder.prepare(messages, signal)
    const batch = messages.map((message, index) => ({ ...message, token: tokens[index]! }))
    expect(await folder.append(batch, signal)).toEqual(tokens.map((token) => ({ id: token })))
    expect(list('new')).toEqual([`1893456000_0.7.vm,U=4,FMD5=${hash}:2,`])
    expect(list('cur')).toEqual([`1893456000_1.7.vm,U=1,FMD5=${hash}:2,PS`])
    expect(list('tmp')).toEqual([])
    expect(readFileSync(join(root, 'INBOX/new', list('new')[0]!), 'utf8')).toBe('A: 1\n\nx')
  })

  it('lists flags and peers, and keeps letters that it does not know', async () => {
    const { folder } = await inboxOf({ keywordLetters: { a: '$Work' } })
    writeFileSync(join(root, 'INBOX/cur', `1_0.7.vm,U=4,FMD5=${hash}:2,FSaz`), '')
    writeFileSync(join(root, 'INBOX/new', '1600000000.M1P2.host'), '')
    const { kind, ...changes } = await folder.changes(undefined, nothingKnown, signal)
    expect(kind).toBe('full')
    expect([...('messages' in changes ? changes.messages : [])]).toEqual([
      { id: '1600000000.M1P2.host', flags: noFlags },
      { id: `1_0.7.vm,U=4,FMD5=${hash}`, flags: new Set(['\\Flagged', '\\Seen', '$Work']), peer: '4' },
    ])
    await folder.changeFlags(
      [{ ids: [messageId(`1_0.7.vm,U=4,FMD5=${hash}`)], add: new Set(['\\Answered']), drop: new Set(['\\Seen']) }],
      signal,
    )
    expect(list('new')).toContain(`1_0.7.vm,U=4,FMD5=${hash}:2,FRaz`)
  })

  it('renames what was stored elsewhere under its UID', async () => {
    const { folder } = await inboxOf()
    writeFileSync(join(root, 'INBOX/cur', '1600000000.M1P2.host:2,S'), '')
    const renamed = await folder.notePeers!([{ id: messageId('1600000000.M1P2.host'), peer: messageId('9') }], signal)
    const name = `1893456000_0.7.vm,U=9,FMD5=${hash}`
    expect([...renamed]).toEqual([['1600000000.M1P2.host', name]])
    expect(list('cur')).toEqual([`${name}:2,S`])
  })

  it('finds a message again that a client renamed, and passes over one that is gone', async () => {
    const { folder } = await inboxOf()
    for (const name of ['a:2,', 'b:2,', 'c:2,']) writeFileSync(join(root, 'INBOX/new', name), name)
    await folder.changes(undefined, nothingKnown, signal)
    renameSync(join(root, 'INBOX/new/a:2,'), join(root, 'INBOX/cur/a:2,S'))
    unlinkSync(join(root, 'INBOX/new/b:2,'))
    const ids = ['a', 'b', 'c'].map(messageId)
    expect(await texts(folder, ids)).toEqual({ a: 'a:2,', c: 'c:2,' })
    renameSync(join(root, 'INBOX/cur/a:2,S'), join(root, 'INBOX/cur/a:2,FS'))
    await folder.changeFlags([{ ids, add: new Set(['\\Answered']), drop: noFlags }], signal)
    expect(list('cur')).toEqual(['a:2,FRS'])
    expect(list('new')).toEqual(['c:2,R'])
    renameSync(join(root, 'INBOX/cur/a:2,FRS'), join(root, 'INBOX/cur/a:2,RS'))
    await folder.remove(ids, signal)
    expect([list('cur'), list('new')]).toEqual([[], []])
  })

  it('surveys without a scan what did not change', async () => {
    const { maildir, folder } = await inboxOf()
    const { cursor } = await folder.changes(undefined, nothingKnown, signal)
    const known = new Map([[inbox, cursor]])
    expect(await maildir.survey(known, signal)).toEqual([{ path: inbox, mayHaveChanged: false }])
    writeFileSync(join(root, 'INBOX/new/a'), '')
    utimesSync(join(root, 'INBOX/new'), now, now)
    expect(await maildir.survey(known, signal)).toEqual([{ path: inbox, mayHaveChanged: true }])
    const younger = await folder.changes(undefined, nothingKnown, signal)
    expect(younger.cursor.position).toBe('')
    now = new Date(now.getTime() + 2000)
    const settled = await folder.changes(undefined, nothingKnown, signal)
    expect(await maildir.survey(new Map([[inbox, settled.cursor]]), signal)).toEqual([
      { path: inbox, mayHaveChanged: false },
    ])
  })

  it('marks its root once', async () => {
    const maildir = repository({ newMark: () => 'mark' })
    expect(await maildir.readMark!(signal)).toBeUndefined()
    expect(await maildir.establish!(signal)).toBe('mark')
    expect(await repository({ newMark: () => 'other' }).establish!(signal)).toBe('mark')
    expect(await maildir.readMark!(signal)).toBe('mark')
    expect(statSync(join(root, '.mailtide-id')).mode & 0o777).toBe(0o600)
    expect(statSync(root).mode & 0o777).toBe(0o700)
  })

  it('never takes a missing root for an empty one', async () => {
    await expect(repository().survey(new Map(), signal)).rejects.toMatchObject({
      code: 'maildir/root-missing',
      scope: 'account',
    })
    await expect(repository().createFolder(inbox, signal)).rejects.toMatchObject({ code: 'maildir/root-missing' })
    mkdirSync(root)
    expect(await repository().survey(new Map(), signal)).toEqual([])
  })
})
