import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accountRc, createHome, createScene, general, mailIn, message, startServer } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

/** A home with accounts of these names, each with one message on a server of its own. */
async function sceneOf(...names: string[]) {
  const home = createHome()
  const servers = await Promise.all(names.map(() => startServer()))
  for (const server of servers) server.account().folder('INBOX').append(message(1))
  const sections = names.map((name, index) => accountRc(name, servers[index]?.port ?? 0))
  const write = (more = '') => home.write([general(names.join(', '), more), ...sections].join('\n'))
  write()
  return { home, servers, write }
}

describe('the command line', () => {
  it.each([
    ['-h', /^Usage: mailtide[\s\S]*--dry-run/],
    ['--help', /^Usage: mailtide[\s\S]*--dry-run/],
    ['--version', /^\d+\.\d+\.\d+\n$/],
    ['-V', /^mailtide v\d+\.\d+\.\d+, Node v\d+\S*, OpenSSL \S+, SQLite \S+\n$/],
  ])('%s answers on standard output and ends with 0', async (flag, out) => {
    expect(await createHome().run(flag)).toEqual({ code: 0, out: expect.stringMatching(out), err: '' })
  })

  it('-c names another file, a tilde being the home directory', async () => {
    const { home } = await sceneOf('home')
    renameSync(home.path('.offlineimaprc'), home.path('other $HOME.rc'))
    writeFileSync(home.path('.offlineimaprc'), 'broken')
    expect(await home.run(...quiet, '-c', '~/other $HOME.rc')).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('-a syncs these accounts and no others, blanks around their names dropped', async () => {
    const { home } = await sceneOf('one', 'two', 'three')
    expect(await home.run(...quiet, '-a', 'one, two ')).toEqual(done)
    expect(home.files('mail-one')).not.toEqual([])
    expect(home.files('mail-two')).not.toEqual([])
    expect(home.files('mail-three')).toEqual([])
  })

  it('-f takes names as they are on the server, before nametrans, with any sign in them', async () => {
    const { home, server } = await createScene(0, { remote: "nametrans = lambda f: 'x-' + f.lower()" })
    for (const name of ['50% off', 'Other']) server.account().create(name).append(message(1))
    expect(await home.run(...quiet, '-f', '50% off')).toEqual(done)
    expect(mailIn(home)).toEqual([expect.stringMatching(/^x-50% off\/new/)])
  })

  it('-k overrides options, once each or often, also before anything is shown', async () => {
    const { home } = await createScene(1)
    const overrides = ['-k', 'ui=basic', '-k', 'Repository_home-disk:localfolders=~/else-%%where', '-k', 'ui=quiet']
    expect(await home.run(...overrides)).toEqual(done)
    expect(home.files('else-%where').some((file) => file.includes('/new/'))).toBe(true)
    const { code, err } = await home.run('-k', 'Account_nobody:quick=1')
    expect(code).toBe(1)
    expect(err).toMatch(/^-k Account_nobody:quick: error: there is no section/)
    expect((await home.run('-k', 'metadata=50%')).err).toMatch(/-k metadata: error: metadata holds a single %/)
  })

  it('-o syncs once whatever autorefresh says, in [DEFAULT] or an account', async () => {
    const { home } = await createScene(1, { account: 'autorefresh = 5' })
    home.write(`${readFileSync(home.path('.offlineimaprc'), 'utf8')}\n[DEFAULT]\nautorefresh = 10\n`)
    expect(await home.run('-o', ...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(1)
  })

  it('-q brings new mail under maxage as well', async () => {
    const { home, inbox } = await createScene(1, { account: 'maxage = 3' })
    expect(await home.run('-q', ...quiet)).toEqual(done)
    inbox.append(message(2))
    expect(await home.run('-q', ...quiet)).toEqual(done)
    expect(mailIn(home)).toHaveLength(2)
  })

  it('-1 uses one connection', async () => {
    const { home, server } = await createScene(1)
    for (const name of ['a', 'b', 'c', 'd']) {
      const folder = server.account().create(name)
      for (let number = 0; number < 5; number++) folder.append(message(number))
    }
    expect(await home.run('-1', ...quiet)).toEqual(done)
    expect(new Set(server.commands.map(({ connection }) => connection)).size).toBe(1)
  })

  it('-d traces the Maildir, or what each account does', async () => {
    const { home } = await createScene(1)
    expect((await home.run('-d', 'maildir')).err).toMatch(/^\s*\[maildir\]: .*INBOX/m)
    expect((await home.run('-d', 'thread')).err).toMatch(/^\s*\[thread\]: .*account-finished/m)
  })

  it('-l leaves the terminal what it shows', async () => {
    const { home } = await createScene(1)
    const { err } = await home.run('-l', 'log')
    expect(err).toContain("*** Finished account 'home'")
    expect(readFileSync(home.path('log'), 'utf8')).toContain("*** Finished account 'home'")
    await home.run('-l', 'log', ...quiet)
    expect(readFileSync(home.path('log'), 'utf8').match(/started with/g)).toHaveLength(2)
  })

  it('-u and [general] ui choose the interface, in any letter case; one that there is not is an error', async () => {
    const { home } = await createScene(1, { general: 'ui = BASIC' })
    const { out, err } = await home.run()
    expect({ out, err }).toEqual({ out: expect.stringContaining('*** Processing account home'), err: '' })
    expect((await home.run('-u', 'TTYUI')).err).toContain('*** Processing account home')
    for (const wrong of [
      ['-u', 'gnome'],
      ['-k', 'ui=gnome'],
    ])
      expect(await home.run(...wrong)).toMatchObject({ code: 1, err: expect.stringContaining("'gnome'") })
  })

  it('--dry-run and [general] dry-run do the same', async () => {
    const { home } = await createScene(2, { general: 'dry-run = yes' })
    expect((await home.run('-u', 'basic')).out).toContain('[DRYRUN] Copy messages: 2')
    expect(home.files('.')).toEqual(['.offlineimaprc'])
  })

  it('--info comes before everything else, on standard error, and ends with 1 if a server cannot be asked', async () => {
    const { home } = await createScene(1)
    const { code, out, err } = await home.run('--info', '-u', 'basic', '--dry-run', '-o')
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(err).toMatch(
      /Remote repository 'home-server': type 'IMAP'[\s\S]*Local repository 'home-disk': type 'Maildir'/,
    )
    expect((await home.run('--info', '-k', 'Repository_home-server:remotepass=wrong')).code).toBe(1)
  })

  it('maxsyncaccounts is how many accounts are synced at once', async () => {
    const { home, servers } = await sceneOf('slow', 'fast')
    servers[0]?.faults.add({ kind: 'stall', command: 'GREETING', milliseconds: 700, times: 1 })
    const finished = async (most: number) =>
      [
        ...(await home.run('-u', 'basic', '-k', `maxsyncaccounts=${most}`)).out.matchAll(/Finished account '(\w+)'/g),
      ].map(([, name]) => name)
    expect(await finished(2)).toEqual(['fast', 'slow'])
    servers[0]?.faults.add({ kind: 'stall', command: 'GREETING', milliseconds: 700, times: 1 })
    expect(await finished(1)).toEqual(['slow', 'fast'])
  })
})
