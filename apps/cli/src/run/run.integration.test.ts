import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { acquireLock } from '@mailtide/durable-fs'
import { describe, expect, it } from 'vitest'
import { accountRc, createHome, createScene, general, mailIn, message } from '../testing/mailtide-home.ts'

async function until(holds: () => boolean, child: ChildProcess): Promise<void> {
  while (!holds()) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('mailtide', () => {
  it('says where it looked when there is no rc file', async () => {
    const home = createHome()
    const { code, err } = await home.run()
    expect(code).toBe(1)
    expect(err).toContain(`${home.path('.config/offlineimap/config')}, then ${home.path('.offlineimaprc')}`)
    expect(err).toContain('\n  Write one, or name it with -c FILE.')
  })

  it('tells every mistake of the rc file with its line', async () => {
    const home = createHome()
    home.write(`${general('home')}${accountRc('home', 1, { remote: 'ssll = no\noauth2_request_url = x' })}`)
    const file = home.path('.offlineimaprc')
    const { code, err } = await home.run('-k', 'Repository_home-server:remoteport=imap')
    expect(code).toBe(1)
    const [option, unknown, refused] = err.trimEnd().split('\n')
    expect(option).toMatch(/^-k Repository_home-server:remoteport: error: remoteport wants a whole number/)
    expect(unknown).toBe(`${file}:20: warning: ssll is no option that mailtide knows, and ignored (Did you mean ssl?)`)
    expect(refused).toMatch(`${file}:21: error: oauth2_request_url is no address: 'x'`)
    expect(home.files('.offlineimap')).toEqual([])
  })

  it('stops at an account that is not in the rc file', async () => {
    const home = createHome()
    home.write(general('home') + accountRc('home', 1))
    const { code, err } = await home.run('-a', 'home,hoem')
    expect(code).toBe(1)
    expect(err).toBe('-a: error: there is no [Account hoem] (Did you mean home?)\n')
  })

  it('ends with 2 for a wrong command line', async () => {
    const { code, err } = await createHome().run('--no-such-switch')
    expect(code).toBe(2)
    expect(err).toContain('no such flag: --no-such-switch')
  })

  it('syncs, quietly on request, and keeps its state to its user', async () => {
    const { home } = await createScene(3)
    expect(await home.run('-o', '-u', 'quiet')).toEqual({ code: 0, out: '', err: '' })
    expect(mailIn(home)).toHaveLength(3)
    expect(home.files('.offlineimap')).toContain('Account-home/mailtide.sqlite')
    expect(statSync(home.path('.offlineimap')).mode & 0o777).toBe(0o700)

    const { code, out } = await home.run('-u', 'basic')
    expect(code).toBe(0)
    expect(out).toContain('home: nothing new\n')
  })

  it('carries changes both ways and sums them up', async () => {
    const { home, inbox } = await createScene(4)
    await home.run('-u', 'quiet')
    inbox.expunge([1])
    inbox.append(message(9))
    mkdirSync(home.path('mail-home/Notes/cur'), { recursive: true })
    mkdirSync(home.path('mail-home/Notes/new'))
    mkdirSync(home.path('mail-home/Notes/tmp'))
    writeFileSync(home.path('mail-home/Notes/new/1.2.here'), 'Subject: note\n\nx\n')
    const { code, err } = await home.run()
    expect(code).toBe(0)
    expect(err).toContain(' Creating folder Notes[home-server]\n')
    expect(err).toContain(' home: INBOX +1 -1 here; Notes +1 on the server\n')
  })

  it('writes nothing in a dry run', async () => {
    const { home, inbox } = await createScene(2)
    const { code, out } = await home.run('--dry-run', '-u', 'basic')
    expect(code).toBe(0)
    expect(out).toContain('[DRYRUN] Copy messages: 2 home-server:INBOX -> home-disk:INBOX\n')
    expect(home.files('.')).toEqual(['.offlineimaprc'])

    await home.run('-u', 'quiet')
    inbox.append(message(7))
    const before = home.files('.').toSorted()
    expect((await home.run('--dry-run', '-u', 'basic')).out).toContain('home: [DRYRUN] INBOX +1 here\n')
    expect(home.files('.').toSorted()).toEqual(before)
  })

  it('syncs only the folders that -f names, and misses those that are not there', async () => {
    const { home, server } = await createScene(1)
    server.account().create('Work').append(message(5))
    const { code, err } = await home.run('-u', 'quiet', '-f', 'Work,Wrok')
    expect(code).toBe(1)
    expect(err).toContain("ERROR: there is no folder 'Wrok', which -f names (account home)\n")
    expect(home.files('mail-home').filter((file) => file.includes('/new/'))).toEqual([expect.stringMatching(/^Work/)])
  })

  it('holds many deletions back and ends with 3, until they are allowed', async () => {
    const { home, inbox } = await createScene(150)
    await home.run('-u', 'quiet')
    inbox.expunge(inbox.messages().map(({ uid }) => uid))
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(3)
    expect(err).toMatch(/^WARNING: 150 deletions in home-disk:INBOX held back.*\n {2}.*--allow-deletions\.\n$/)
    expect(mailIn(home)).toHaveLength(150)
    expect(await home.run('-u', 'quiet', '--allow-deletions')).toMatchObject({ code: 0 })
    expect(mailIn(home)).toEqual([])
  })

  it('ends with 2 when a folder has a new UIDVALIDITY and all else went well', async () => {
    const { home, inbox } = await createScene(2)
    await home.run('-u', 'quiet')
    inbox.changeUidValidity()
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(2)
    expect(err).toMatch(/^WARNING: INBOX has a new UIDVALIDITY/)
    expect(mailIn(home)).toHaveLength(2)
  })

  it('says so when the password is wrong, without showing it', async () => {
    const { home } = await createScene(1, { remote: '' })
    const { code, err } = await home.run('-u', 'quiet', '-k', 'Repository_home-server:remotepass=hunter2')
    expect(code).toBe(4)
    expect(err).toMatch(/^ERROR: 127\.0\.0\.1 refused to log in demo.* \(account home\)\n {2}Check the user name/)
    expect(err).not.toContain('hunter2')
  })

  it('reads the password from a file, and says which one is missing', async () => {
    const { home } = await createScene(1)
    const text = readFileSync(home.path('.offlineimaprc'), 'utf8').replace(
      'remotepass = demo',
      'remotepassfile = ~/pass',
    )
    home.write(text)
    expect((await home.run('-u', 'quiet')).err).toContain(`${home.path('pass')} (remotepassfile) cannot be read`)
    writeFileSync(home.path('pass'), 'demo\nnot this\n')
    expect(await home.run('-u', 'quiet')).toEqual({ code: 0, out: '', err: '' })
  })

  it('goes on with the other accounts when the server of one is away', async () => {
    const { home, server } = await createScene(1)
    const away = createServer()
    away.listen(0, '127.0.0.1')
    await once(away, 'listening')
    const address = away.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    await new Promise((resolve) => away.close(resolve))
    home.write(general('gone, home') + accountRc('gone', port) + accountRc('home', server.port))
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/^ERROR: 127\.0\.0\.1:\d+ cannot be reached.* \(account gone\)\n {2}Check the host name.*\n$/)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('leaves an account alone that another run is at', async () => {
    const { home } = await createScene(1)
    await home.run('-u', 'quiet')
    const lock = acquireLock(home.path('.offlineimap/Account-home/mailtide.lock'))
    const { code, err } = await home.run('-u', 'quiet')
    lock.release()
    expect(code).toBe(1)
    expect(err).toMatch(
      new RegExp(`^ERROR: .* is held by process ${process.pid} since .* \\(account home\\)\n {2}Wait`),
    )
  })

  it('shows what there is with --info, and syncs nothing', async () => {
    const { home, server } = await createScene(1)
    server.account().create('Entwürfe')
    server.account().create('Lists/dev')
    const { code, err } = await home.run('--info')
    expect(code).toBe(0)
    expect(err).toContain(`Host: 127.0.0.1 Port: ${server.port} User: demo\n`)
    expect(err).toMatch(/Capabilities: .*UIDPLUS/)
    expect(err).toContain('    Entw&APw-rfe (Entwürfe)\n    INBOX\n    Lists/dev -> Lists.dev\n')
    expect(home.files('.')).toEqual(['.offlineimaprc'])
  })

  it('keeps a log', async () => {
    const { home } = await createScene(1)
    await home.run('-u', 'quiet', '-l', 'log', '-k', 'Repository_home-server:remotepass=demo')
    const lines = readFileSync(home.path('log'), 'utf8').trimEnd().split('\n')
    expect(lines[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d INFO: mailtide .*"Repository_home-server:remotepass=…"\]$/,
    )
    expect(lines.at(-1)).toMatch(/INFO: \*\*\* Finished account 'home' in 0:0\d$/)
  })

  it('traces the protocol without the password', async () => {
    const { home } = await createScene(1)
    const { err } = await home.run('-d', 'imap', '-k', 'Repository_home-server:remotepass=demo')
    expect(err).toContain('[imap]: C: M')
    expect(err).not.toContain(Buffer.from('\0demo\0demo').toString('base64'))
  })

  it.each(['SIGTERM', 'SIGUSR2'] as const)('syncs again and again, wakes at SIGUSR1, ends at %s', async (signal) => {
    const { home, inbox } = await createScene(1, { account: 'autorefresh = 10' })
    const { child, output } = home.start(['-u', 'basic'])
    const rounds = () => output.out.split('Next refresh in 10 minutes').length - 1
    await until(() => rounds() === 1, child)
    inbox.append(message(2))
    child.kill('SIGUSR1')
    await until(() => rounds() === 2, child)
    expect(mailIn(home)).toHaveLength(2)
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([0, null])
  })
})
