import { mkdirSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it } from 'vitest'
import { type AccountLines, accountRc, createHome, general, startServer } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }
const all = '[Gmail]/All Mail'

interface Given extends AccountLines {
  readonly options?: TestServerOptions
  readonly folders?: readonly string[]
}

/** A Gmail, and a home whose account syncs these folders of it with their labels. */
async function scene({ options, folders = ['INBOX'], ...more }: Given = {}) {
  const home = createHome()
  const server = await startServer({ behaves: 'gmail', ...options })
  const account = server.account()
  const wanted = JSON.stringify(folders)
  const lines = {
    ...more,
    account: `synclabels = yes\n${more.account ?? ''}`,
    remote: `folderfilter = lambda f: f in ${wanted}\n${more.remote ?? ''}`,
  }
  const rc = accountRc('home', server.port, lines)
  home.write(
    general('home', more.general) +
      rc.replace('type = Maildir', 'type = GmailMaildir').replace('type = IMAP', 'type = Gmail'),
  )
  const files = (folder = 'INBOX') =>
    home
      .files('mail-home')
      .filter((file) => file.startsWith(`${folder}/`) && /(cur|new)\//.test(file))
      .map((file) => home.path('mail-home', file))
  return {
    home,
    server,
    account,
    inbox: account.folder('INBOX'),
    sync: (...flags: string[]) => home.run(...quiet, ...flags),
    files,
    /** The header of labels in the only file of a folder, or that with this subject. */
    header(subject = '', folder = 'INBOX', name = 'X-Keywords') {
      const texts = files(folder).map((file) => readFileSync(file, 'utf8'))
      const text = texts.find((each) => each.includes(`Subject: ${subject}`)) ?? ''
      return new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)$`, 'm').exec(text)?.[1]
    },
    /** Gives the only file of a folder other labels, as mutt does. */
    relabel(labels: string, folder = 'INBOX', name = 'X-Keywords') {
      const [file = ''] = files(folder)
      const bare = readFileSync(file, 'latin1').replace(new RegExp(`^${name}: .*\\n`, 'm'), '')
      writeFileSync(home.path('edited'), labels === '' ? bare : `${name}: ${labels}\n${bare}`, 'latin1')
      renameSync(home.path('edited'), file)
    },
    labelsThere: (uid = 1, folder = 'INBOX') => [...(account.folder(folder).message(uid).letter?.labels ?? [])],
  }
}

describe('synclabels', () => {
  it('brings labels down in the header, in the form of the server, and nothing more the next time', async () => {
    const { inbox, sync, header, files } = await scene()
    const uid = inbox.append('X-Keywords: of the sender\r\nSubject: a\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['Two words', 'Büro', '\\Important'])
    expect(await sync()).toEqual(done)
    expect(header()).toBe('B&APw-ro, Two words, \\Important')
    const [file = ''] = files()
    expect(readFileSync(file, 'utf8')).toBe('X-Keywords: B&APw-ro, Two words, \\Important\nSubject: a\n\nbody\n')
    const { ino } = statSync(file)
    expect(await sync()).toEqual(done)
    inbox.setLabels(uid, ['Büro', 'New'])
    expect(await sync()).toEqual(done)
    expect(header()).toBe('B&APw-ro, New')
    expect(files()).toEqual([file])
    expect(statSync(file).ino).not.toBe(ino)
  })

  it('takes labels up that were written into a file, and merges what both sides did', async () => {
    const { inbox, sync, header, relabel, labelsThere } = await scene()
    const uid = inbox.append('Subject: a\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['A', 'B'])
    await sync()
    relabel('A, New, Gr&APw-n, Straße')
    inbox.setLabels(uid, ['A', 'B', 'There'])
    expect(await sync()).toEqual(done)
    expect(labelsThere()).toEqual(['\\Inbox', 'A', 'Gr&APw-n', 'New', 'Stra&AN8-e', 'There'])
    // What was written as people read it becomes what the server makes of it, and then all is quiet.
    expect(await sync()).toEqual(done)
    expect(header()).toBe('A, Gr&APw-n, New, Stra&AN8-e, There')
    expect(await sync()).toEqual(done)
    expect(header()).toBe('A, Gr&APw-n, New, Stra&AN8-e, There')
  })

  it('gives a new message its labels, and leaves their header at home', async () => {
    const { home, inbox, sync, files, labelsThere } = await scene({ folders: ['INBOX', 'Work'] })
    inbox.append('Subject: a\r\n\r\n')
    await sync()
    const text = 'Subject: new\nX-Keywords: Work, \\Important\nX-Kept: 1\n\nbody\n'
    writeFileSync(home.path('mail-home', 'INBOX', 'new', '1.x'), text)
    expect(await sync()).toEqual(done)
    expect(Buffer.from(inbox.message(2).bytes).toString()).toBe('Subject: new\r\nX-Kept: 1\r\n\r\nbody\r\n')
    expect(labelsThere(2)).toEqual(['\\Important', '\\Inbox', 'Work'])
    expect(files().map((file) => readFileSync(file, 'utf8'))).toContain(text)
    // The label is a folder now, and the message is in it.
    expect(await sync()).toEqual(done)
    expect(files('Work')).toHaveLength(1)
  })

  it('leaves alone what ignorelabels names, in the form of the server or as people write it', async () => {
    const { inbox, sync, header, relabel, labelsThere } = await scene({
      account: 'ignorelabels = \\Important, Büro, Gr&APw-n',
    })
    const uid = inbox.append('Subject: a\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['\\Important', 'Büro', 'Grün', 'Work'])
    await sync()
    expect(header()).toBe('Work')
    relabel('Work, New, \\Important')
    await sync()
    expect(labelsThere()).toEqual(['\\Important', '\\Inbox', 'B&APw-ro', 'Gr&APw-n', 'New', 'Work'])
    relabel('\\Important, New')
    await sync()
    expect(header()).toBe('\\Important, New')
    expect(labelsThere()).toEqual(['\\Important', '\\Inbox', 'B&APw-ro', 'Gr&APw-n', 'New'])
  })

  it.each([
    ['X-Label', '\\Important Work', 'Work Mine'],
    ['Keywords', '\\Important Work', 'Work Mine'],
    ['X-Mine', 'Work, \\Important', 'Work, Mine'],
  ])('keeps labels in %s', async (name, down, up) => {
    const { inbox, sync, header, relabel, labelsThere } = await scene({ account: `labelsheader = ${name}` })
    const uid = inbox.append('Subject: a\r\nX-Keywords: kept\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['Work', '\\Important'])
    await sync()
    expect(header('', 'INBOX', name)?.split(/,? /).sort()).toEqual(down.split(/,? /).sort())
    expect(header()).toBe('kept')
    relabel(up, 'INBOX', name)
    expect(await sync()).toEqual(done)
    expect(labelsThere()).toEqual(['\\Inbox', 'Mine', 'Work'])
  })

  it('takes nothing for dropped when the header is another from now on', async () => {
    const { inbox, sync, header, labelsThere, server } = await scene()
    inbox.setLabels(inbox.append('Subject: a\r\n\r\nbody\r\n'), ['Work'])
    await sync()
    expect(await sync('-k', 'Account_home:labelsheader=X-Label')).toEqual(done)
    expect([header(), header('', 'INBOX', 'X-Label'), labelsThere()]).toEqual(['Work', 'Work', ['\\Inbox', 'Work']])
    expect(server.commands.some(({ text }) => text.includes('-X-GM-LABELS'))).toBe(false)
  })

  it('makes of a deletion in a label an archived message, and tells the other folders', async () => {
    const { inbox, account, sync, files, header } = await scene({ folders: ['INBOX', all] })
    inbox.append('Subject: a\r\n\r\nbody\r\n')
    expect(await sync()).toEqual(done)
    expect([header('', 'INBOX'), header('', '[Gmail].All Mail')]).toEqual([undefined, '\\Inbox'])
    unlinkSync(files()[0] ?? '')
    expect(await sync()).toEqual(done)
    expect([inbox.messages().length, account.folder(all).messages().length]).toEqual([0, 1])
    expect(await sync()).toEqual(done)
    expect([files('[Gmail].All Mail').length, header('', '[Gmail].All Mail')]).toEqual([1, undefined])
  })

  it('works with the labels of several folders at once', async () => {
    const { inbox, account, sync, header, relabel } = await scene({ folders: ['INBOX', 'Work', all] })
    const uid = inbox.append('Subject: a\r\n\r\nbody\r\n')
    inbox.setLabels(uid, ['Work'])
    await sync()
    expect([header('', 'INBOX'), header('', 'Work'), header('', '[Gmail].All Mail')]).toEqual([
      'Work',
      '\\Inbox',
      'Work, \\Inbox',
    ])
    relabel('\\Inbox, Other', 'Work')
    for (let run = 0; run < 2; run++) expect(await sync()).toEqual(done)
    expect([header('', 'INBOX'), header('', 'Work'), header('', '[Gmail].All Mail')]).toEqual([
      'Other, Work',
      '\\Inbox, Other',
      'Other, Work, \\Inbox',
    ])
    expect(account.folder('Other').messages()).toHaveLength(1)
  })

  it('says once that messages are the same to Gmail, and neither loops nor loses one', async () => {
    const { home, inbox, sync, files } = await scene()
    mkdirSync(home.path('mail-home', 'INBOX', 'cur'), { recursive: true })
    for (const part of ['new', 'tmp']) mkdirSync(home.path('mail-home', 'INBOX', part))
    for (const name of ['1.x', '2.x']) {
      writeFileSync(home.path('mail-home', 'INBOX', 'cur', `${name}:2,S`), 'Subject: twin\n\nbody\n')
    }
    const first = await sync()
    expect([first.code, first.out]).toEqual([0, ''])
    expect(first.err).toContain('the same, octet for octet')
    for (let run = 0; run < 2; run++) {
      inbox.append(`Subject: ${run}\r\n\r\n`)
      expect(await sync()).toEqual(done)
    }
    expect([files().length, inbox.messages().length]).toEqual([4, 3])
  })

  it('takes over what OfflineIMAP knew of labels, and rewrites no file for it', async () => {
    const { home, inbox, sync, files, header, labelsThere } = await scene({ account: 'write-offlineimap-state = yes' })
    for (const subject of ['a', 'b']) inbox.append(`Subject: ${subject}\r\n\r\nbody\r\n`)
    inbox.setLabels(1, ['Grün', 'Two words'])
    inbox.setLabels(2, ['Old', 'Work'])
    expect(await sync()).toEqual(done)
    const noted = new DatabaseSync(home.path('.offlineimap', 'Account-home', 'LocalStatus-sqlite', 'INBOX'), {
      readOnly: true,
    })
    expect(noted.prepare('SELECT labels FROM status ORDER BY id').all()).toEqual([
      { labels: 'Gr&APw-n, Two words' },
      { labels: 'Old, Work' },
    ])
    noted.close()
    const inodes = () => files().map((file) => `${file} ${statSync(file).ino}`)
    const before = inodes()
    const forget = () => rmSync(home.path('.offlineimap', 'Account-home', 'mailtide.sqlite'))
    forget()
    expect(await sync()).toEqual(done)
    expect(inodes()).toEqual(before)
    forget()
    inbox.setLabels(2, ['Work'])
    expect(await sync()).toEqual(done)
    expect([header('a'), header('b'), labelsThere(2)]).toEqual(['Gr&APw-n, Two words', 'Work', ['\\Inbox', 'Work']])
  })

  it('makes no labels of the words that OfflineIMAP left in a header that blanks part', async () => {
    const account = 'write-offlineimap-state = yes\nlabelsheader = X-Label'
    const { home, inbox, sync, header, relabel, labelsThere } = await scene({ account })
    inbox.setLabels(inbox.append('Subject: a\r\n\r\nbody\r\n'), ['Two words', 'Work'])
    await sync()
    relabel('Two words Work', 'INBOX', 'X-Label')
    rmSync(home.path('.offlineimap', 'Account-home', 'mailtide.sqlite'))
    expect(await sync()).toEqual(done)
    expect(labelsThere()).toEqual(['\\Inbox', 'Two words', 'Work'])
    expect(header('', 'INBOX', 'X-Label')).toBe('=?utf-8?Q?Two=20words?= Work')
    expect(await sync()).toEqual(done)
    expect(labelsThere()).toEqual(['\\Inbox', 'Two words', 'Work'])
  })

  it('tells in a dry run what would become of labels', async () => {
    const { home, inbox, sync, relabel } = await scene()
    inbox.append('Subject: a\r\n\r\nbody\r\n')
    await sync()
    relabel('New')
    const { err, out } = await home.run('-u', 'basic', '--dry-run')
    expect(out + err).toContain('Adding label New to 1 message on')
  })

  it('is said to be impossible where the server offers no labels, and the rest is synced', async () => {
    const { inbox, sync, files } = await scene({
      options: { behaves: 'dovecot' } as TestServerOptions,
      folders: ['INBOX'],
    })
    inbox.append('Subject: a\r\n\r\nbody\r\n')
    const { code, err } = await sync()
    expect([code, files().length]).toEqual([0, 1])
    expect(err).toContain('offers no labels')
  })

  it('is said to be impossible where a repository has none', async () => {
    const { home, sync, server, inbox, files } = await scene()
    inbox.append('Subject: a\r\n\r\nbody\r\n')
    home.write(
      general('home') +
        accountRc('home', server.port, {
          account: 'synclabels = yes',
          remote: 'folderfilter = lambda f: f == "INBOX"',
        }),
    )
    const { code, err } = await sync()
    expect([code, files().length]).toEqual([0, 1])
    expect(err).toContain('labels are not synced')
  })
})

describe('type = Gmail', () => {
  it('never opens more connections than Gmail takes, whatever maxconnections says', async () => {
    const folders = Array.from({ length: 24 }, (_, number) => `f${number}`)
    const { account, server, sync, files } = await scene({ remote: 'maxconnections = 20', folders })
    for (const name of folders) account.create(name).append(`Subject: ${name}\r\n\r\n`)
    expect(await sync()).toMatchObject({ code: 0, err: expect.stringContaining('maxconnections is 20') })
    expect(folders.filter((name) => files(name).length === 1)).toEqual(folders)
    expect(server.loginAttempts.length).toBeLessThanOrEqual(15)
  })

  it('goes on where Gmail slows down', async () => {
    const { server, inbox, sync, files } = await scene()
    for (let number = 0; number < 5; number++) inbox.append(`Subject: ${number}\r\n\r\n${'x'.repeat(500)}\r\n`)
    server.faults.add({
      kind: 'throttle',
      bytesPerSecond: 20_000,
      command: 'UID FETCH',
      times: Number.POSITIVE_INFINITY,
    })
    expect(await sync()).toEqual(done)
    expect(files()).toHaveLength(5)
  })
})
