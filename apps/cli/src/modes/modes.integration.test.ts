import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type AccountLines,
  accountRc,
  createScene,
  general,
  type Home,
  mailIn,
  message,
  startServer,
} from '../testing/mailtide-home.ts'

const quiet = { code: 0, out: '', err: '' }
const md5 = (name: string) => createHash('md5').update(name).digest('hex')

/** A home whose account has these folders besides INBOX, a message in each, and was synced. */
async function syncedScene(folders: readonly string[], more: AccountLines = {}) {
  const scene = await createScene(1, more)
  for (const [index, name] of folders.entries())
    scene.server
      .account()
      .create(name)
      .append(message(index + 2))
  expect(await scene.home.run('-u', 'quiet')).toEqual(quiet)
  return { ...scene, names: () => [...scene.server.account().folders()].map(({ name }) => name).toSorted() }
}

/** Everything below a home, and what the files hold. */
function snapshot(home: Home): Record<string, string> {
  const files = home.files('.').map((file) => [file, readFileSync(home.path(file), 'latin1')] as const)
  return Object.fromEntries(files.filter(([file]) => !/mailtide\.(lock|sqlite)/.test(file)))
}

describe('--delete-folder', () => {
  it('deletes a folder on the server, and touches nothing here', async () => {
    const { home, names } = await syncedScene(['Work/Old', 'Work/Older'])
    const before = snapshot(home)
    const dry = await home.run('-u', 'basic', '--delete-folder', 'Work/Old', '--dry-run')
    expect(dry).toMatchObject({
      code: 0,
      out: expect.stringContaining('[DRYRUN] Deleting folder Work/Old[home-server]\n'),
    })
    expect(names()).toEqual(['INBOX', 'Work/Old', 'Work/Older'])

    const { code, out } = await home.run('-u', 'basic', '--delete-folder', 'Work/Old')
    expect(code).toBe(0)
    expect(out).toMatch(
      /Deleted folder Work\/Old\[home-server\]\n.*Its local folder, and what is known of it, are untouched/,
    )
    expect(names()).toEqual(['INBOX', 'Work/Older'])
    expect(snapshot(home)).toEqual(before)

    expect((await home.run('-u', 'basic')).out).toContain('Creating folder Work/Old[home-server]\n')
    expect(names()).toEqual(['INBOX', 'Work/Old', 'Work/Older'])
  })

  it.each([
    ['utf8foldernames = yes', 'Entwürfe'],
    ['utf8foldernames = no', 'Entw&APw-rfe'],
  ])('takes the name as the server has it, with %s', async (account, name) => {
    const { home, names } = await syncedScene(['Entwürfe'], { account })
    expect(await home.run('-u', 'quiet', '--delete-folder', name)).toEqual(quiet)
    expect(names()).toEqual(['INBOX'])
  })

  it.each([
    {
      why: 'is not there',
      name: 'Gone',
      error: "there is no folder 'Gone', which --delete-folder names (account home)",
    },
    { why: 'is INBOX', name: 'inbox', error: "the folder 'inbox' cannot be deleted: every account has it" },
    {
      why: 'the server refuses to delete',
      name: 'Work',
      fault: true,
      error: 'the server refused to delete Work: NO not today',
    },
    {
      why: 'is on a server that may not be written to',
      name: 'Work',
      remote: 'readonly = yes',
      error: "the folder 'Work' cannot be deleted: [Repository home-server] is read-only",
    },
  ])('ends with 1 for a folder that $why', async ({ name, error, fault = false, remote = '' }) => {
    const { home, server, names } = await syncedScene(['Work'], { remote })
    if (fault) server.faults.add({ kind: 'refuse', command: 'DELETE', status: 'NO', text: 'not today' })
    const { code, err } = await home.run('-u', 'quiet', '--delete-folder', name)
    expect(code).toBe(1)
    expect(err).toContain(`ERROR: ${error}`)
    expect(names()).toEqual(['INBOX', 'Work'])
  })

  it('wants exactly one account', async () => {
    const { home, server, names } = await syncedScene(['Work'])
    home.write(general('home, other') + accountRc('home', server.port) + accountRc('other', server.port))
    const { code, err } = await home.run('-u', 'quiet', '--delete-folder', 'Work')
    expect(code).toBe(1)
    expect(err).toMatch(/^ERROR: --delete-folder wants exactly one account, and there are 2: home, other\n.*-a ACCOUNT/)
    expect(await home.run('-u', 'quiet', '--delete-folder', 'Work', '-a', 'home')).toEqual(quiet)
    expect(names()).toEqual(['INBOX'])
  })

  it('ends with 4 when the server refuses the login', async () => {
    const { home } = await syncedScene(['Work'])
    const { code, err } = await home.run(
      '-u',
      'quiet',
      '--delete-folder',
      'Work',
      '-k',
      'Repository_home-server:remotepass=no',
    )
    expect(code).toBe(4)
    expect(err).toContain('refused to log in demo')
  })
})

describe('--migrate-fmd5-using-nametrans', () => {
  /** Folders whose files have the hash of the plain name in theirs, as OfflineIMAP wrote them before 6.3.5. */
  async function oldScene(more: AccountLines) {
    const scene = await syncedScene(['Work'], more)
    for (const file of mailIn(scene.home)) {
      const folder = file.slice(0, file.lastIndexOf('/', file.lastIndexOf('/') - 1))
      renameSync(
        scene.home.path('mail-home', file),
        scene.home.path('mail-home', file.replace(/FMD5=\w+/, `FMD5=${md5(folder)}`)),
      )
    }
    return scene
  }
  const hashesIn = (home: Home) => mailIn(home).map((file) => /FMD5=(\w+)/.exec(file)?.[1] ?? file)
  const translated = {
    local: 'nametrans = lambda name: name[2:]',
    remote: "nametrans = lambda name: 'x-' + name",
  }

  it.each([
    { in: 'Python', rules: translated, hashed: ['INBOX', 'Work'] },
    {
      in: 'plain words',
      rules: { remote: 'nametrans = map: Work -> x-job, INBOX -> x-in' },
      hashed: ['INBOX', 'Work'],
    },
  ])(
    'gives files the hash of the translated name, by rules in $in, and a sync has nothing to do',
    async ({ rules, hashed }) => {
      const { home, inbox } = await oldScene(rules)
      const before = mailIn(home)
      expect(hashesIn(home).toSorted()).not.toEqual(hashed.map(md5).toSorted())
      const dry = await home.run('-u', 'basic', '--migrate-fmd5-using-nametrans', '--dry-run')
      expect(dry.code).toBe(0)
      expect(dry.out).toMatch(/\[DRYRUN\] x-\w+: 1 file renamed\n/)
      expect(mailIn(home)).toEqual(before)

      expect(await home.run('-u', 'quiet', '--migrate-fmd5-using-nametrans')).toEqual(quiet)
      expect(hashesIn(home).toSorted()).toEqual(hashed.map(md5).toSorted())
      const after = mailIn(home)
      expect((await home.run('-u', 'basic')).out).not.toContain('Copy message')
      expect(mailIn(home)).toEqual(after)
      expect(inbox.messages()).toHaveLength(1)
      expect((await home.run('-u', 'basic')).out).toContain('home: nothing new')
      expect(await home.run('-u', 'quiet', '--migrate-fmd5-using-nametrans')).toEqual(quiet)
    },
  )

  it('asks no server where it need not', async () => {
    const { home, server } = await oldScene(translated)
    await server.close()
    expect(await home.run('-u', 'quiet', '--migrate-fmd5-using-nametrans')).toEqual(quiet)
    expect(hashesIn(home).toSorted()).toEqual(['INBOX', 'Work'].map(md5).toSorted())
  })

  it('warns of files with neither hash, of twenty by name', async () => {
    const { home } = await oldScene(translated)
    for (let number = 10; number < 32; number++)
      writeFileSync(
        home.path(`mail-home/x-Work/cur/${number}_0.7.vm,U=${number},FMD5=${md5('Other')}:2,S`),
        'Subject: x\n\n',
      )
    const { code, err } = await home.run('-u', 'quiet', '--migrate-fmd5-using-nametrans')
    expect(code).toBe(0)
    const lines = err.trimEnd().split('\n')
    expect(lines).toHaveLength(21)
    expect(lines[0]).toMatch(
      /^WARNING: x-Work: cur\/\d+_0\.7\.vm,U=\d+,FMD5=\w+:2,S bears neither hash of its folder's name/,
    )
    expect(lines[20]).toBe('WARNING: x-Work: and so with 2 files more')
  })

  it('is for plain Maildirs, and for those that are there', async () => {
    const { home, server } = await createScene(0)
    home.write(
      general('home, gmail') +
        accountRc('home', server.port) +
        accountRc('gmail', server.port).replace('= Maildir', '= GmailMaildir'),
    )
    const { code, err } = await home.run('-u', 'quiet', '--migrate-fmd5-using-nametrans')
    expect(code).toBe(1)
    expect(err).toMatch(/^ERROR: .*mail-home.*\(account home\)\n/)
    expect(err).toContain('WARNING: gmail-disk is of type GmailMaildir: only those of type Maildir are migrated\n')
  })
})

describe('-P', () => {
  it('writes a profile of each account, and syncs', async () => {
    const { home, server } = await createScene(2)
    const other = await startServer()
    home.write(
      general('home, other', 'maxsyncaccounts = 2') + accountRc('home', server.port) + accountRc('other', other.port),
    )
    const directory = home.path('deep/prof')
    expect(await home.run('-u', 'quiet', '-P', directory)).toEqual(quiet)
    expect(mailIn(home)).toHaveLength(2)
    const files = readdirSync(directory)
    expect(files.map((file) => file.replace(/^\d{14}_/, '')).toSorted()).toEqual(['home.prof', 'other.prof'])
    for (const file of files) {
      const profile = JSON.parse(readFileSync(join(directory, file), 'utf8'))
      expect(profile).toMatchObject({ startTime: expect.any(Number), endTime: expect.any(Number) })
      expect(profile.samples).toHaveLength(profile.timeDeltas.length)
      const functions = profile.nodes.map(
        ({ callFrame }: { callFrame: { functionName: string } }) => callFrame.functionName,
      )
      expect(functions).toContain('(root)')
    }

    const { code, err } = await home.run('-u', 'quiet', '-P', directory)
    expect(code).toBe(0)
    expect(err).toBe(`WARNING: The directory of profiles is there already: ${directory}\n`)
  })

  it('ends with 1 where it cannot make the directory', async () => {
    const { home } = await createScene(1)
    mkdirSync(home.path('mail-home'))
    writeFileSync(home.path('file'), '')
    const { code, err } = await home.run('-u', 'quiet', '-P', home.path('file/prof'))
    expect(code).toBe(1)
    expect(err).toContain('ERROR: ')
    expect(mailIn(home)).toEqual([])
  })
})
