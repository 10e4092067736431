import { readdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import {
  type Changes,
  type Cursor,
  type Folder,
  type MessageId,
  type MessageSummary,
  messageId,
  noFlags,
  noLabels,
} from '@mailtide/contracts'
import { bodyOf, withLabels } from '@mailtide/message-bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MaildirOptions } from './create-maildir-repository.ts'
import { createFixture, inbox, knownIds, signal } from './maildir.fixture.ts'

const text = 'Subject: a\nX-Other: 1\n\nbody\n\u00e4\r\nend'
const longAgo = new Date('2020-02-02T02:02:02Z')

/** A Maildir of one message with these labels, in a header of this name. */
async function labelled(labels: string[], options: Partial<MaildirOptions> & { header?: string } = {}) {
  const { header = 'X-Keywords', ...more } = options
  const fixture = await createFixture({ labels: { header }, ...more })
  const write = (content: string | Uint8Array, name = 'cur/a:2,S') => {
    const path = fixture.at('INBOX', name)
    writeFileSync(path, content, 'latin1')
    utimesSync(path, longAgo, longAgo)
  }
  write(withLabels(Buffer.from(text, 'latin1'), header, labels))
  return {
    ...fixture,
    write,
    read: (name = 'cur/a:2,S') => readFileSync(fixture.at('INBOX', name), 'latin1'),
    change: (add: string[], drop: string[] = [], id = 'a') =>
      fixture.folder.changeLabels?.([{ ids: [messageId(id)], add: new Set(add), drop: new Set(drop) }], signal),
  }
}

async function listed(folder: Folder, since?: Cursor): Promise<{ cursor: Cursor; found: MessageSummary[] }> {
  const changes: Changes = await folder.changes(since, knownIds(), signal)
  return { cursor: changes.cursor, found: changes.kind === 'full' ? [...changes.messages] : [] }
}

const labelsOf = ({ found }: { found: MessageSummary[] }) =>
  Object.fromEntries(found.map(({ id, labels }) => [id, labels && [...labels]]))

describe('labels in a Maildir', () => {
  it.each([
    ['X-Keywords', 'X-Keywords: Gr&APw-n, Two words, \\Inbox\n'],
    ['X-Label', 'X-Label: Gr&APw-n =?utf-8?Q?Two=20words?= \\Inbox\n'],
    ['Keywords', 'Keywords: Gr&APw-n =?utf-8?Q?Two=20words?= \\Inbox\n'],
  ])('are written into %s, as mutt reads it, and nothing else changes', async (header, line) => {
    const { folder, change, read } = await labelled([], { header })
    await change(['\\Inbox', 'Two words', 'Gr&APw-n'])
    expect(read()).toBe(line + text)
    expect(labelsOf(await listed(folder))).toEqual({ a: ['Gr&APw-n', 'Two words', '\\Inbox'] })
    await change([], ['\\Inbox', 'Two words', 'Gr&APw-n'])
    expect(read()).toBe(text)
  })

  it('are read only from files that changed since the cursor', async () => {
    const { folder, write } = await labelled(['Work'])
    write('X-Keywords: Other\n\n', 'cur/b:2,')
    const first = await listed(folder)
    expect(labelsOf(first)).toEqual({ a: ['Work'], b: ['Other'] })
    expect(labelsOf(await listed(folder, first.cursor))).toEqual({ a: undefined, b: undefined })
    write('X-Keywords: New\n\n', 'cur/b:2,')
    const second = await listed(folder, first.cursor)
    expect(labelsOf(second)).toEqual({ a: undefined, b: ['New'] })
    expect(labelsOf(await listed(folder, { ...first.cursor, position: '' }))).toEqual({ a: ['Work'], b: ['New'] })
  })

  it('that are written in place are seen by a survey, and what is unchanged is seen as such', async () => {
    const { maildir, folder, write, at } = await labelled(['Work'])
    for (const part of ['new', 'cur']) utimesSync(at('INBOX', part), longAgo, longAgo)
    const { cursor } = await listed(folder)
    const survey = async () => (await maildir.survey(new Map([[inbox, cursor]]), signal))[0]?.mayHaveChanged
    expect(await survey()).toBe(false)
    write('X-Keywords: Other\n\n')
    expect(await survey()).toBe(true)
  })

  it('are read once more while the clock cannot tell changes apart', async () => {
    const { folder, clock } = await labelled(['Work'])
    clock.now = new Date()
    const first = await listed(folder)
    expect(first.cursor.position).toMatch(/^0:0:\d+$/)
    expect(labelsOf(await listed(folder, first.cursor))).toEqual({ a: ['Work'] })
  })

  it('are read again where the clock was set back', async () => {
    const { folder, clock } = await labelled(['Work'])
    const { cursor } = await listed(folder)
    clock.now = new Date('2001-01-01T00:00:00Z')
    expect(labelsOf(await listed(folder, cursor))).toEqual({ a: ['Work'] })
  })

  it('leave name, flags, date and permissions of a file as they are', async () => {
    const { folder, change, names, at } = await labelled(['Work'])
    const before = statSync(at('INBOX', 'cur/a:2,S'))
    await change(['New'])
    const after = statSync(at('INBOX', 'cur/a:2,S'))
    expect([names('new'), names('cur'), readdirSync(at('INBOX', 'tmp'))]).toEqual([[], ['a:2,S'], []])
    expect([after.mtimeMs, after.mode]).toEqual([before.mtimeMs, before.mode])
    expect((await listed(folder)).found).toEqual([
      { id: 'a', flags: new Set(['\\Seen']), labels: new Set(['New', 'Work']) },
    ])
  })

  it('give a file a new date where dates mean nothing, and keep that of utime_from_header', async () => {
    for (const timeFromHeader of [false, true]) {
      const { change, at } = await labelled([], { mtimeFromReceivedAt: false, timeFromHeader })
      await change(['New'])
      const { mtime } = statSync(at('INBOX', 'cur/a:2,S'))
      expect(mtime.getTime() === longAgo.getTime()).toBe(timeFromHeader)
    }
  })

  it('leave alone a file that has them already, and labels that others wrote', async () => {
    const { change, read, at } = await labelled(['Work', 'Theirs'])
    const { ino } = statSync(at('INBOX', 'cur/a:2,S'))
    await change(['Work'], ['Gone'])
    expect(statSync(at('INBOX', 'cur/a:2,S')).ino).toBe(ino)
    await change(['New'], ['Work'])
    expect(read()).toBe(`X-Keywords: New, Theirs\n${text}`)
  })

  it('follow a message that a client renames, and pass over one that is gone', async () => {
    const { folder, change, read, at } = await labelled([])
    await listed(folder)
    renameSync(at('INBOX', 'cur/a:2,S'), at('INBOX', 'cur/a:2,FS'))
    await change(['New'])
    expect(read('cur/a:2,FS')).toBe(`X-Keywords: New\n${text}`)
    await change(['New'], [], 'gone')
  })

  it('are written into messages of any bytes and size, octet for octet', async () => {
    const { change, write, read } = await labelled([])
    const big = `Subject: big\n\n${'line\r\nof \u00ff\0\n'.repeat(200_000)}`
    const anything = fc.string({ unit: fc.constantFrom('\n', '\r', ' ', ':', 'x', '\0', '\u00ff'), maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, fc.constant(big)), async (rest) => {
        const content = `Subject: a\n${rest}`
        write(content)
        await change(['One', 'Two'])
        expect(read() === `X-Keywords: One, Two\n${content}`).toBe(true)
        await change([], ['One', 'Two'])
        expect(read() === content).toBe(true)
      }),
      { numRuns: 30, examples: [[big]] },
    )
  })

  it('that have no place in a message are an error of that message', async () => {
    const { change, write, read } = await labelled([])
    write(' no header, no line')
    await expect(change(['New'])).rejects.toMatchObject({ code: 'maildir/labels-not-written', scope: 'message' })
    expect(read()).toBe(' no header, no line')
  })

  it('are stored with what comes from a server, in the place of those that somebody else wrote', async () => {
    const { folder, names, read } = await labelled([])
    const head = Buffer.from('X-KEYWORDS: sender\r\nSubject: b\r\n\r\nhi\r\n')
    const message = { id: '7' as MessageId, flags: noFlags, body: bodyOf(head), labels: new Set(['B', 'A']) }
    const [token = ''] = await folder.prepare([message], signal)
    const [outcome] = await folder.append([{ ...message, token }], signal)
    expect(outcome).toEqual({ id: token, labels: new Set(['A', 'B']) })
    expect(read(`new/${names('new')[0]}`)).toBe('X-Keywords: A, B\nSubject: b\n\nhi\n')
  })

  it('are no business of a Maildir that was not told of them', async () => {
    const { maildir, folder } = await createFixture()
    expect(maildir.capabilities.labels).toBe(false)
    expect(folder.changeLabels).toBeUndefined()
    const message = { id: '7' as MessageId, flags: noFlags, body: bodyOf(Buffer.from('X-Keywords: x\r\n\r\n')) }
    const [token = ''] = await folder.prepare([message], signal)
    expect(await folder.append([{ ...message, token, labels: noLabels }], signal)).toEqual([{ id: token }])
    expect((await listed(folder)).found[0]?.labels).toBeUndefined()
  })
})
