import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  accountRc,
  createHome,
  createScene,
  general,
  type Home,
  mailIn,
  message,
  startServer,
} from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

/** The subjects of all mail here. */
function subjects(home: Home, tree = 'mail-home'): string[] {
  const files = home.files(tree).filter((file) => /(cur|new)\//.test(file))
  return files.map((file) => /^Subject: (.*)$/m.exec(readFileSync(home.path(tree, file), 'utf8'))?.[1] ?? '').sort()
}

/** Puts a message into a Maildir folder, as a mail client does. */
function deliver(home: Home, name: string, text: string, folder = 'INBOX'): string {
  const path = home.path('mail-home', folder, name)
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(home.path('mail-home', folder, part), { recursive: true })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60 * 1000)
const dayText = (date: Date) => date.toISOString().slice(0, 10)

describe('maxage', () => {
  it.each([
    ['in days', '10'],
    ['as a date', dayText(daysAgo(10))],
  ])('%s keeps old messages away, and never deletes or doubles any', async (_, maxage) => {
    const { home, inbox } = await createScene(0, { account: `maxage = ${maxage}` })
    inbox.append(message(1), { internalDate: daysAgo(30) })
    inbox.append(message(2), { internalDate: daysAgo(2) })
    expect(await home.run(...quiet)).toEqual(done)
    expect(subjects(home)).toEqual(['2'])
    inbox.append(message(3))
    deliver(home, 'new/old', 'Subject: written here\n\nlong ago\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(subjects(home)).toEqual(['2', '3', 'written here'])
    expect(inbox.messages()).toHaveLength(4)
    // A wider window brings what it lets in, a narrower one takes nothing away.
    expect(await home.run(...quiet, '-k', 'Account_home:maxage=60')).toEqual(done)
    expect(subjects(home)).toEqual(['1', '2', '3', 'written here'])
    expect(await home.run(...quiet, '-k', 'Account_home:maxage=1')).toEqual(done)
    expect(subjects(home)).toHaveLength(4)
    expect(inbox.messages()).toHaveLength(4)
  })
})

describe('startdate', () => {
  it.each([
    { side: 'remote', local: ['new there'], remote: 4 },
    { side: 'local', local: ['new there', 'old there'], remote: 3 },
  ] as const)('of the $side repository bounds what comes from there', async ({ side, local, remote }) => {
    const { home, inbox } = await createScene(0, { [side]: `startdate = ${dayText(daysAgo(10))}` })
    inbox.append('Subject: old there\r\n\r\n', { internalDate: daysAgo(30) })
    inbox.append('Subject: new there\r\n\r\n')
    const old = deliver(home, 'cur/1:2,S', 'Subject: old here\n\n')
    utimesSync(old, daysAgo(30), daysAgo(30))
    deliver(home, 'cur/2:2,S', 'Subject: new here\n\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(await home.run(...quiet)).toEqual(done)
    expect(subjects(home)).toEqual(['new here', ...local, 'old here'].sort())
    expect(inbox.messages()).toHaveLength(remote)
  })
})

describe('maxsize', () => {
  it('leaves big messages where they are, on both sides', async () => {
    const { home, inbox } = await createScene(1, { account: 'maxsize = 1000' })
    inbox.append(`Subject: big there\r\n\r\n${'x'.repeat(2000)}\r\n`)
    deliver(home, 'new/big', `Subject: big here\n\n${'x'.repeat(2000)}\n`)
    deliver(home, 'new/small', 'Subject: small\n\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(await home.run(...quiet)).toEqual(done)
    expect(subjects(home)).toEqual(['0', 'big here', 'small'])
    expect(inbox.messages()).toHaveLength(3)
  })
})

describe('expunge = no', () => {
  it('marks on the server what was deleted here, and does not let it come back', async () => {
    const { home, inbox } = await createScene(2, { remote: 'expunge = no' })
    expect(await home.run(...quiet)).toEqual(done)
    const [first = ''] = mailIn(home)
    const { unlinkSync } = await import('node:fs')
    unlinkSync(home.path('mail-home', first))
    expect(await home.run(...quiet)).toEqual(done)
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
    expect(
      inbox
        .messages()
        .map(({ flags }) => flags.has('\\Deleted'))
        .sort(),
    ).toEqual([false, true])
  })
})

describe('filterheaders', () => {
  it('are taken off what goes up, and off nothing that comes down', async () => {
    const { home, inbox } = await createScene(0, { account: 'filterheaders = X-Secret, x-other' })
    inbox.append('Subject: down\r\nX-Secret: 1\r\n\r\n')
    deliver(home, 'new/up', 'Subject: up\nX-SECRET: 1\n folded\nX-Other: 2\nX-Kept: 3\n\nX-Secret: body\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(await home.run(...quiet)).toEqual(done)
    const there = inbox.messages().map(({ bytes }) => Buffer.from(bytes).toString())
    expect(there).toEqual([
      'Subject: down\r\nX-Secret: 1\r\n\r\n',
      'Subject: up\r\nX-Kept: 3\r\n\r\nX-Secret: body\r\n',
    ])
    expect(subjects(home)).toEqual(['down', 'up'])
    const here = mailIn(home).map((file) => readFileSync(home.path('mail-home', file), 'utf8'))
    expect(here.join()).toContain('X-SECRET: 1')
    expect(here.join()).toContain('X-Secret: 1')
  })
})

describe('copy_ignore_eval', () => {
  it('keeps the messages away that it names', async () => {
    const rule = "copy_ignore_eval = lambda folder: [1, 3] if folder == 'INBOX' else None"
    const { home, inbox } = await createScene(3, { remote: rule })
    expect(await home.run(...quiet)).toEqual(done)
    expect(await home.run(...quiet)).toEqual(done)
    expect(subjects(home)).toEqual(['1'])
    expect(inbox.messages()).toHaveLength(3)
  })
})

describe('newmail_hook', () => {
  it('is called once after unread messages came into INBOX', async () => {
    const { home, inbox } = await createScene(2, { general: 'pythonfile = ~/hook.py', remote: 'newmail_hook = tell' })
    const program = `import subprocess\ndef tell():\n    subprocess.check_call("echo x >> ${home.path('told')}", shell=True)\n`
    writeFileSync(home.path('hook.py'), program)
    const told = () => (home.files('.').includes('told') ? readFileSync(home.path('told'), 'utf8').length / 2 : 0)
    expect(await home.run(...quiet)).toEqual(done)
    expect(told()).toBe(1)
    expect(await home.run(...quiet)).toEqual(done)
    inbox.append(message(8), { flags: ['\\Seen'] })
    expect(await home.run(...quiet)).toEqual(done)
    expect(told()).toBe(1)
    inbox.append(message(9))
    expect(await home.run(...quiet)).toEqual(done)
    expect(told()).toBe(2)
  })
})

describe('hooks', () => {
  const hooks =
    'presynchook = echo before $OFFLINEIMAPSYNCMODE >> ~/hooks\npostsynchook = echo after >> ~/hooks; exit 3'
  const told = (home: Home) =>
    home.files('.').includes('hooks') ? readFileSync(home.path('hooks'), 'utf8').trim().split('\n') : []

  it('run before and after, know the mode, and stop nothing', async () => {
    const { home } = await createScene(1, { account: hooks })
    const { code, err } = await home.run()
    expect(code).toBe(0)
    expect(err).toContain('Hook return code: 3')
    expect((await home.run(...quiet, '-q')).code).toBe(0)
    expect(told(home)).toEqual(['before full', 'after', 'before quick', 'after'])
    expect(mailIn(home)).toHaveLength(1)
  })

  it('do not run after a sync that failed as a whole, nor in a dry run', async () => {
    const { home } = await createScene(1, { account: hooks })
    expect((await home.run(...quiet, '-k', 'Repository_home-server:remotepass=wrong')).code).toBe(4)
    expect(told(home)).toEqual(['before full'])
    const { err } = await home.run('--dry-run')
    expect(err).toMatch(/\[DRYRUN\] Calling hook: echo before/)
    expect(told(home)).toEqual(['before full'])
  })

  it('that hang end with the run', async () => {
    const { home } = await createScene(1, { account: 'presynchook = sleep 600' })
    const { child } = home.start(quiet)
    child.stderr?.once('data', () => undefined)
    setTimeout(() => child.kill('SIGTERM'), 700)
    const [code] = await new Promise<[number]>((resolve) => child.once('close', (status) => resolve([status ?? -1])))
    expect(code).toBe(0)
  })
})

describe('Maildir options', () => {
  it('customflag_x carries keywords both ways', async () => {
    const { home, inbox } = await createScene(0, { local: 'customflag_a = $Work\ncustomflag_b = Later' })
    inbox.append(message(1), { flags: ['\\Seen', '$Work'] })
    expect(await home.run(...quiet)).toEqual(done)
    const [file = ''] = mailIn(home)
    expect(file).toMatch(/:2,Sa$/)
    const { renameSync } = await import('node:fs')
    renameSync(home.path('mail-home', file), home.path('mail-home', file.replace(/Sa$/, 'PSb')))
    expect(await home.run(...quiet)).toEqual(done)
    expect([...(inbox.messages()[0]?.flags ?? [])].sort()).toEqual(['$Forwarded', 'Later', '\\Seen'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)[0]).toMatch(/:2,PSb$/)
  })

  it('utime_from_header and filename_use_mail_timestamp take the time of the message', async () => {
    const options = 'utime_from_header = yes\nfilename_use_mail_timestamp = yes'
    const { home, inbox } = await createScene(0, { local: options })
    inbox.append('Subject: x\r\nDate: Tue, 01 Feb 2022 12:00:00 +0000\r\n\r\n')
    expect(await home.run(...quiet)).toEqual(done)
    const [file = ''] = mailIn(home)
    const seconds = Date.UTC(2022, 1, 1, 12) / 1000
    expect(file).toMatch(new RegExp(`/${seconds}_`))
    expect(statSync(home.path('mail-home', file)).mtimeMs).toBe(seconds * 1000)
  })

  it('[general] gives the defaults of both', async () => {
    const { home, inbox } = await createScene(0, { general: 'filename_use_mail_timestamp = yes' })
    inbox.append('Subject: x\r\nDate: Tue, 01 Feb 2022 12:00:00 +0000\r\n\r\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(mailIn(home)[0]).toMatch(/\/1643716800_/)
  })
})

describe('ignore-readonly', () => {
  it.each([
    ['no', /is read-only on the remote side/],
    ['yes', /^$/],
  ])('= %s', async (value, err) => {
    const { home, server } = await createScene(1, { general: `ignore-readonly = ${value}` })
    const fixed = server.account().create('Fixed', { readOnly: true })
    fixed.append(message(1))
    expect(await home.run(...quiet)).toEqual(done)
    deliver(home, 'new/x', 'Subject: up\n\n', 'Fixed')
    const result = await home.run(...quiet)
    expect(result.code).toBe(0)
    expect(result.err).toMatch(err)
    expect(fixed.messages()).toHaveLength(1)
  })
})

describe('two servers', () => {
  it('are kept the same, their folders and separators apart', async () => {
    const home = createHome()
    const here = await startServer({ separator: '.' })
    const there = await startServer({ separator: '/' })
    there
      .account()
      .folder('INBOX')
      .append(message(1), { flags: ['\\Seen', '$Work'] })
    there.account().create('Work/Entwürfe').append(message(2))
    here.account().create('Lists.dev').append(message(3))
    const rc = accountRc('home', there.port).replace(
      /type = Maildir\nlocalfolders = .*\n/,
      `type = IMAP\nremotehost = 127.0.0.1\nremoteport = ${here.port}\nremoteuser = demo\nremotepass = demo\nssl = no\nstarttls = no\n`,
    )
    home.write(general('home') + rc)
    expect(await home.run(...quiet)).toEqual(done)
    const bodies = (server: typeof here, folder: string) =>
      server
        .account()
        .folder(folder)
        .messages()
        .map(({ bytes }) => Buffer.from(bytes).toString())
    expect(bodies(here, 'INBOX')).toEqual([message(1)])
    expect(bodies(here, 'Work.Entwürfe')).toEqual([message(2)])
    expect(bodies(there, 'Lists/dev')).toEqual([message(3)])
    const [copied] = here.account().folder('INBOX').messages()
    expect([...(copied?.flags ?? [])].sort()).toEqual(['$Work', '\\Seen'])
    here
      .account()
      .folder('INBOX')
      .setFlags(copied?.uid ?? 0, ['\\Flagged'])
    here.account().folder('Lists.dev').append(message(4))
    expect(await home.run(...quiet)).toEqual(done)
    expect(bodies(there, 'Lists/dev')).toEqual([message(3), message(4)])
    expect(there.account().folder('INBOX').messages()[0]?.flags).toEqual(new Set(['\\Flagged']))
    expect(await home.run('-u', 'basic', '--info')).toMatchObject({ code: 0 })
    expect(readdirSync(home.path('.'))).not.toContain('mail-home')
  })
})

describe('a folderfilter that refuses every folder', () => {
  it('is an error, for a slip would keep a cron job silent for ever', async () => {
    const { home } = await createScene(1, { remote: 'folderfilter = lambda f: False' })
    const { code, err } = await home.run(...quiet)
    expect(code).toBe(1)
    expect(err).toMatch(/no folder of home is synced: folderfilter refuses all 1 of the server/)
  })
})
