import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { programsAvailability } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import {
  type AccountLines,
  accountRc,
  createHome,
  createScene,
  general,
  type Home,
  message,
  startServer,
} from '../testing/mailtide-home.ts'

const template = `header = "mailboxes "
peritem = "+%(accountname)s/%(foldername)s"
sep = " "
footer = "\\n"
`

/** `[mbnames]` that writes `list` into the home directory. */
const mbnames = (lines: string) => `[mbnames]\nenabled = yes\nfilename = ~/list\n${lines}\n`

/** A home whose account has these folders besides INBOX. */
async function sceneWith(folders: readonly string[], lines = template, more: AccountLines = {}) {
  const scene = await createScene(1, more)
  for (const name of folders) scene.server.account().create(name)
  const rc = general('home', more.general) + accountRc('home', scene.server.port, more)
  scene.home.write(rc + mbnames(lines))
  return { ...scene, rc, list: () => listOf(scene.home) }
}

/** A home with several accounts on servers of their own. */
async function severalAccounts(names: readonly string[], lines = template, chosen = names.join(', ')) {
  const home = createHome()
  const rcs: string[] = []
  for (const name of names) {
    const server = await startServer()
    server.account().folder('INBOX').append(message(1))
    rcs.push(accountRc(name, server.port))
  }
  const write = (accounts: string, ofList = lines) => home.write(general(accounts) + rcs.join('') + mbnames(ofList))
  write(chosen)
  return { home, write, list: () => listOf(home) }
}

function listOf(home: Home): string | undefined {
  return existsSync(home.path('list')) ? readFileSync(home.path('list'), 'utf8') : undefined
}

function cacheOf(home: Home, account = 'home'): string {
  return readFileSync(home.path(`.offlineimap/mbnames/${account}.json`), 'utf8')
}

const quiet = { code: 0, out: '', err: '' }

describe('[mbnames]', () => {
  it('lists the local folders that are synced, and keeps the cache of OfflineIMAP', async () => {
    const { home, list } = await sceneWith(['Entwürfe', 'Trash'], template, {
      account: 'utf8foldernames = yes',
      local: 'nametrans = lambda name: name[2:]',
      remote: "nametrans = lambda name: 'X.' + name\nfolderfilter = lambda name: name != 'Trash'",
    })
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+home/X.Entwürfe" "+home/X.INBOX"\n')
    const root = home.path('mail-home')
    expect(JSON.parse(cacheOf(home))).toEqual(
      ['X.Entwürfe', 'X.INBOX'].map((foldername) => ({ accountname: 'home', foldername, localfolders: root })),
    )
    expect(cacheOf(home)).toContain(String.raw`"foldername": "X.Entw\u00fcrfe", "localfolders": `)
  })

  it('lists accounts that this run does not sync, from what an earlier one met, OfflineIMAP’s too', async () => {
    const { home, list } = await severalAccounts(['Beta', 'Alpha'])
    mkdirSync(home.path('.offlineimap/mbnames'), { recursive: true })
    writeFileSync(
      home.path('.offlineimap/mbnames/Gamma.json'),
      '[{"accountname": "Gamma", "foldername": "\\u00c4lter", "localfolders": "/g"}]',
    )
    expect(await home.run('-u', 'quiet', '-a', 'Beta')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+Beta/INBOX" "+Gamma/Älter"\n')
    expect(await home.run('-u', 'quiet', '-a', 'Alpha')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+Alpha/INBOX" "+Beta/INBOX" "+Gamma/Älter"\n')
  })

  it('asks the functions of the list, and the pythonfile', async () => {
    const lines = `${template}folderfilter = lambda account, folder: account == 'home' and folder != 'Trash'
sort_keyfunc = lambda box: (box['foldername'] != 'Work', len(box['localfolders']), box['foldername'])
`
    const { home, list } = await sceneWith(
      ['Trash', 'Work', 'Archive'],
      lines.replace('header = "', 'header = start() + "'),
      {
        general: 'pythonfile = ~/functions.py',
      },
    )
    writeFileSync(home.path('functions.py'), 'def start():\n    return "# all\\n"\n')
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(list()).toBe('# all\nmailboxes "+home/Work" "+home/Archive" "+home/INBOX"\n')
    expect(cacheOf(home)).not.toContain('Trash')
  })

  it('is written only if it changed, through a symbolic link too, and keeps its permissions', async () => {
    const { home, server, list } = await sceneWith([])
    writeFileSync(home.path('real'), 'old', { mode: 0o640 })
    symlinkSync(home.path('real'), home.path('list'))
    await home.run('-u', 'quiet')
    const before = statSync(home.path('real'))
    expect((await home.run('-u', 'basic')).out).not.toContain('list of mailboxes')
    expect(statSync(home.path('real')).ino).toBe(before.ino)
    server.account().create('Work')
    expect((await home.run('-u', 'basic')).out).toContain(`Writing the list of mailboxes: ${home.path('list')}\n`)
    expect(list()).toBe('mailboxes "+home/INBOX" "+home/Work"\n')
    expect(lstatSync(home.path('list')).isSymbolicLink()).toBe(true)
    expect([before.mode, statSync(home.path('real')).mode].map((mode) => mode & 0o777)).toEqual([0o640, 0o640])
    expect(home.files('.').filter((file) => file.endsWith('.tmp'))).toEqual([])
  })

  it('keeps the other folders of an account when -f names some, and drops what is gone when all are synced', async () => {
    const { home, server, list } = await sceneWith(['Old', 'Work'])
    await home.run('-u', 'quiet')
    expect(await home.run('-u', 'quiet', '-f', 'Work')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+home/INBOX" "+home/Old" "+home/Work"\n')
    server.account().delete('Old')
    rmSync(home.path('mail-home/Old'), { recursive: true })
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+home/INBOX" "+home/Work"\n')
  })

  it('keeps the folders of an account whose server is away', async () => {
    const { home, list } = await severalAccounts(['A', 'B'])
    await home.run('-u', 'quiet')
    rmSync(home.path('list'))
    const { code } = await home.run(
      '-u',
      'quiet',
      '-k',
      'Repository_A-server:remoteport=1',
      '-k',
      'Repository_A-server:retrycount=1',
    )
    expect(code).toBe(1)
    expect(list()).toBe('mailboxes "+A/INBOX" "+B/INBOX"\n')
  })

  it('lists no folder that may not be made here', async () => {
    const { home, list } = await sceneWith(['Work'], template, { local: 'createfolders = no' })
    mkdirSync(home.path('mail-home/INBOX/cur'), { recursive: true })
    mkdirSync(home.path('mail-home/INBOX/new'))
    mkdirSync(home.path('mail-home/INBOX/tmp'))
    await home.run('-u', 'quiet')
    expect(list()).toBe('mailboxes "+home/INBOX"\n')
  })

  it('writes nothing in a dry run, and says that it would', async () => {
    const { home, list } = await sceneWith([])
    const { code, out } = await home.run('--dry-run', '-u', 'basic')
    expect(code).toBe(0)
    expect(out).toContain(`[DRYRUN] Writing the list of mailboxes: ${home.path('list')}\n`)
    expect(list()).toBeUndefined()
    expect(home.files('.')).toEqual(['.offlineimaprc'])
  })

  it('is written before the hook of its account with incremental, and after all accounts without', async () => {
    const hook = { account: 'postsynchook = cat list' }
    const early = await sceneWith([], `${template}incremental = yes\n`, hook)
    expect((await early.home.run('-u', 'basic')).out).toContain('Hook stdout: mailboxes "+home/INBOX"\n')
    const late = await sceneWith([], template, hook)
    expect((await late.home.run('-u', 'basic')).out).toContain('Hook return code: 1\n')
    expect(late.list()).toBe('mailboxes "+home/INBOX"\n')
  })

  it.each([
    ['header = 1 +', /ERROR: .*header \(.*\).*\(the list of mailboxes\)/s],
    ['header = 7', /ERROR: header \(.*:\d+\) is a number, not a str \(the list of mailboxes\)/],
    ['peritem = %(name)s', /ERROR: peritem: %\(name\)s at character 1 is no name of a mailbox/],
    ['filename = ~/mail-home', /ERROR: .*mail-home/],
  ])('tells of %s once the mail is synced, and ends with 1', async (line, message) => {
    const option = line.slice(0, line.indexOf(' '))
    const { home, rc } = await sceneWith([])
    const lines = `filename = ~/list\n${template}`.replace(new RegExp(`^${option} = .*`, 'm'), line)
    home.write(`${rc}[mbnames]\nenabled = yes\n${lines}`)
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(message)
    expect(home.files('mail-home').filter((file) => file.includes('/new/'))).toHaveLength(1)
  })

  it('is checked beforehand by mailtide config check, without a server', async () => {
    const { home, rc, server } = await sceneWith([])
    await server.close()
    const lines = 'header = 1 +\nsep = 7\nperitem = %(name)s\nfooter = ""\nsort_keyfunc = len("")\nfolderfilter = len\n'
    home.write(`${rc}${mbnames(lines)}`)
    const { code, out } = await home.run('config', 'check')
    expect(code).toBe(1)
    const found = out.split('\n').map((line) => /^mbnames: error: (\S+)/.exec(line)?.[1])
    expect(found).toEqual(['header', 'sep', 'sort_keyfunc', 'peritem:', undefined, undefined])
  })

  it('is written when a run with autorefresh is ended', async () => {
    const { home, list } = await sceneWith([])
    const { child, output } = home.start(['-u', 'basic', '-k', 'Account_home:autorefresh=10'])
    const asleep: (string | undefined)[] = []
    child.stdout?.on('data', () => {
      if (asleep.length > 0 || !output.out.includes('Next refresh')) return
      asleep.push(list())
      child.kill('SIGTERM')
    })
    const [code] = await once(child, 'close')
    expect({ code, asleep }).toEqual({ code: 0, asleep: [undefined] })
    expect(list()).toBe('mailboxes "+home/INBOX"\n')
  })

  it('passes over a cache that cannot be read, with a warning', async () => {
    const { home, list } = await sceneWith([])
    mkdirSync(home.path('.offlineimap/mbnames'), { recursive: true })
    writeFileSync(home.path('.offlineimap/mbnames/old.json'), '[{"accountname"')
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(0)
    expect(err).toMatch(/^WARNING: .*mbnames\/old\.json: The cached list of mailboxes cannot be read\n/)
    expect(list()).toBe('mailboxes "+home/INBOX"\n')
  })

  it('is nothing without enabled, whatever else is wrong with it', async () => {
    const { home, rc, list } = await sceneWith([])
    home.write(`${rc}[mbnames]\nfilename = ~/list\nheader = 1 +\n`)
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(list()).toBeUndefined()
    expect(home.files('.offlineimap/mbnames')).toEqual([])
  })

  it.each([
    ['neomutt-named', 'named-mailboxes "home/INBOX" "ROOT/mail-home/INBOX"\n'],
    ['aerc', 'home/INBOX=folder:"mail-home/INBOX"\n'],
    ['notmuch', 'folder:"mail-home/INBOX"\n'],
  ])('has a format for %s', async (format, expected) => {
    const { home, list } = await sceneWith([], `format = ${format}\nmailroot = ~\n`)
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(list()).toBe(expected.replace('ROOT', home.path()))
  })

  it.for(['mutt', 'neomutt'])('with format = mutt, %s finds the mailbox with new mail', async (program, ctx) => {
    const availability = await programsAvailability({ [program]: program, script: 'bsdutils' })
    if (!availability.ok) return ctx.skip(availability.reason)
    const name = 'Sent "$HOME" R%2FD'
    const { home, server } = await sceneWith(['two words'], 'format = mutt\n', { account: 'utf8foldernames = yes' })
    server.account().create(name).append(message(5))
    const inbox = server.account().folder('INBOX')
    inbox.expunge(inbox.messages().map(({ uid }) => uid))
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    writeFileSync(
      home.path('rc'),
      `set folder="${home.path()}" spoolfile="${home.path('none')}"\nsource "${home.path('list')}"\n`,
    )
    const env = { PATH: process.env['PATH'], HOME: home.path(), TERM: 'xterm', LC_ALL: 'C.UTF-8' }
    const command = `${program} -n -F '${home.path('rc')}' -Z -e 'push <exit>'`
    const run = spawnSync('script', ['-qec', command, home.path('screen')], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
    })
    expect(run.status).toBe(0)
  })
})

describe('--mbnames-prune', () => {
  it('drops accounts that [general] does not name, by their whole names', async () => {
    const { home, write, list } = await severalAccounts(['A', 'AB'])
    await home.run('-u', 'quiet')
    write('AB')
    const { code, out } = await home.run('-u', 'basic', '--mbnames-prune', '--dry-run')
    expect(code).toBe(0)
    const [file, written] = [home.path('.offlineimap/mbnames/A.json'), home.path('list')]
    expect(out).toBe(`[DRYRUN] Removing ${file}\n[DRYRUN] Writing the list of mailboxes: ${written}\n`)
    expect(list()).toBe('mailboxes "+A/INBOX" "+AB/INBOX"\n')
    expect(await home.run('-u', 'quiet', '--mbnames-prune')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+AB/INBOX"\n')
    expect(home.files('.offlineimap/mbnames')).toEqual(['AB.json'])
  })

  it('goes by [general] whatever -a says', async () => {
    const { home } = await severalAccounts(['A', 'B'])
    await home.run('-u', 'quiet')
    expect(await home.run('-u', 'quiet', '--mbnames-prune', '-a', 'A')).toEqual(quiet)
    expect(home.files('.offlineimap/mbnames').toSorted()).toEqual(['A.json', 'B.json'])
  })

  it('leaves the list to the next sync with incremental, and drops all that there is where nothing is listed', async () => {
    const { home, write, list } = await severalAccounts(['A', 'B'], `${template}incremental = yes\n`)
    await home.run('-u', 'quiet')
    write('B', `${template}incremental = yes\n`)
    expect(await home.run('-u', 'quiet', '--mbnames-prune')).toEqual(quiet)
    expect(list()).toBe('mailboxes "+A/INBOX" "+B/INBOX"\n')
    expect(await home.run('-u', 'quiet', '--mbnames-prune', '-k', 'mbnames:enabled=no')).toEqual(quiet)
    expect(home.files('.offlineimap/mbnames')).toEqual([])
  })
})
