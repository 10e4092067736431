import { readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import type { TestServer, TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it } from 'vitest'
import { type AccountLines, createScene, type Home, mailIn, message } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }
const gmail: TestServerOptions = { habits: { labels: {} } }

/** A home whose account is on a server with labels, of which INBOX alone is synced. */
async function sceneWith(more: AccountLines = {}, options: TestServerOptions = gmail) {
  const account = `synclabels = yes\n${more.account ?? ''}`
  const remote = `folderfilter = include: INBOX\n${more.remote ?? ''}`
  const scene = await createScene(0, { ...more, account, remote }, options)
  const rc = readFileSync(scene.home.path('.offlineimaprc'), 'utf8')
  scene.home.write(rc.replace('type = Maildir', 'type = GmailMaildir').replace('type = IMAP', 'type = Gmail'))
  return scene
}

const fileOf = (home: Home, uid: number) =>
  home.path('mail-home', mailIn(home).find((file) => file.includes(`,U=${uid},`)) ?? '')
const textOf = (home: Home, uid: number) => readFileSync(fileOf(home, uid), 'utf8')

/** The labels of a message on the server, each of which is a folder there. */
function labelsOf(server: TestServer, text: string): string[] {
  const holding = server
    .account()
    .folders()
    .filter((folder) => folder.messages().some(({ bytes }) => Buffer.from(bytes).includes(text)))
  return holding
    .map(({ name }) => name)
    .filter((name) => !/^INBOX$|All Mail$/.test(name))
    .sort()
}

/** Alters a file as a mail client does, which is seen by its time. */
function alter(home: Home, uid: number, change: (text: string) => string): void {
  const file = fileOf(home, uid)
  const later = new Date(statSync(file).mtimeMs + 5000)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  utimesSync(file, later, later)
}

describe('synclabels', () => {
  it('writes labels into a header of the files, sorted, and changes nothing else', async () => {
    const { home, inbox } = await sceneWith()
    const uid = inbox.append('X-Keywords: theirs\r\nSubject: 1\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['Work', 'Family', '\\Important'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(textOf(home, uid)).toMatch(/^X-Keywords: .*\n/m)
    const [, labels = ''] = /^X-Keywords: (.*)$/m.exec(textOf(home, uid)) ?? []
    expect(labels.split(/, ?/)).toEqual(['Family', 'Work', '\\Important'].sort())
    expect(textOf(home, uid).replace(/^X-Keywords: .*\n/m, '')).toBe('Subject: 1\n\nbody\n')
    inbox.setLabels(uid, ['Family', 'New'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(textOf(home, uid)).toMatch(/^X-Keywords: Family, ?New$/m)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('takes labels from the header to the server, with a new message and afterwards', async () => {
    const { home, inbox, server } = await sceneWith()
    const uid = inbox.append(message(1))
    inbox.setLabels(uid, ['Work'])
    expect(await home.run(...quiet)).toEqual(done)
    alter(home, uid, (text) => text.replace(/^X-Keywords: Work$/m, 'X-Keywords: Later, Work'))
    writeFileSync(home.path('mail-home/INBOX/cur/mine:2,S'), 'X-Keywords: Home\nSubject: mine\n\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(labelsOf(server, 'message 1')).toEqual(['Later', 'Work'])
    expect(labelsOf(server, 'Subject: mine')).toEqual(['Home'])
    expect(inbox.messages().map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      message(1),
      'Subject: mine\r\n\r\n',
    ])
    alter(home, uid, (text) => text.replace(/^X-Keywords: .*$/m, 'X-Keywords: Later'))
    expect(await home.run(...quiet)).toEqual(done)
    expect(labelsOf(server, 'message 1')).toEqual(['Later'])
    expect((await home.run('-u', 'basic')).out).not.toMatch(/Copy|label/)
  })

  it('leaves labels of ignorelabels where they are, on either side', async () => {
    const { home, inbox, server } = await sceneWith({ account: String.raw`ignorelabels = \Important, Private` })
    const uid = inbox.append(message(1))
    inbox.setLabels(uid, ['\\Important', 'Private', 'Work'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(textOf(home, uid)).toMatch(/^X-Keywords: Work$/m)
    alter(home, uid, (text) => text.replace(/^X-Keywords: Work$/m, 'X-Keywords: Private, Later'))
    expect(await home.run(...quiet)).toEqual(done)
    expect(labelsOf(server, 'message 1')).toEqual(['Later', 'Private', '[Gmail]/Important'])
  })

  it.each([
    ['X-Label', 'A B'],
    ['Keywords', 'A B'],
    ['X-My-Labels', 'A,B'],
  ])('writes them into labelsheader = %s as %s', async (header, text) => {
    const { home, inbox } = await sceneWith({ account: `labelsheader = ${header}` })
    const uid = inbox.append(message(1))
    inbox.setLabels(uid, ['B', 'A'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(textOf(home, uid).replace(', ', ',')).toContain(`${header}: ${text}\n`)
  })

  it('gives files the time of their arrival, and keywords their letters, as without labels', async () => {
    const { home, inbox } = await sceneWith({ local: 'customflag_a = $Work' })
    const internalDate = new Date('2021-02-03T04:05:06Z')
    const uid = inbox.append(message(1), { internalDate, flags: ['\\Seen', '$Work'] })
    inbox.setLabels(uid, ['A'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(statSync(fileOf(home, uid)).mtime).toEqual(internalDate)
    expect(fileOf(home, uid)).toMatch(/:2,Sa$/)
  })

  it('warns where the server knows no labels, and syncs the mail', async () => {
    const { home, inbox } = await sceneWith({}, {})
    inbox.append(message(1))
    const { code, err } = await home.run(...quiet)
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^WARNING: .*label/i) })
    expect(mailIn(home)).toHaveLength(1)
  })

  it('deletes from a folder what is deleted here, and leaves it in All Mail', async () => {
    const { home, inbox, server } = await sceneWith()
    inbox.append(message(1))
    inbox.append(message(2))
    expect(await home.run(...quiet)).toEqual(done)
    unlinkSync(fileOf(home, 1))
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet)).toEqual(done)
    expect(inbox.messages().map(({ uid }) => uid)).toEqual([2])
    expect(server.account().folder('[Gmail]/All Mail').messages()).toHaveLength(2)
  })
})
