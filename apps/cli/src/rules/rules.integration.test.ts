import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AccountLines, createScene, type Home, mailIn, message } from '../testing/mailtide-home.ts'

/** A home whose server has these folders besides INBOX, a message in each. */
async function sceneWith(folders: readonly string[], more: AccountLines, separator = '/') {
  const scene = await createScene(1, more, { separator })
  for (const [index, name] of folders.entries())
    scene.server
      .account()
      .create(name)
      .append(message(index + 2))
  return scene
}

/** The directories that hold mail, relative to the Maildir tree. */
function foldersIn(home: Home): string[] {
  return [...new Set(mailIn(home).map((file) => file.replace(/\/?(cur|new)\/[^/]*$/, '')))].sort()
}

function makeFolder(home: Home, name: string): void {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(home.path(`mail-home/${name}/${part}`), { recursive: true })
}

const quiet = { code: 0, out: '', err: '' }

describe('the rules of folders', () => {
  it.each([
    {
      in: 'Python',
      remote: String.raw`nametrans = lambda f: re.sub(r'^INBOX\.', '', f).lower()`,
      local: "nametrans = lambda f: 'INBOX' if f == 'inbox' else 'INBOX.' + f.capitalize()",
      inbox: 'inbox',
    },
    {
      in: 'plain words',
      remote: 'nametrans = strip-prefix: INBOX.\n  map: INBOX.Sent -> sent',
      local: '',
      inbox: 'INBOX',
    },
  ])('translate names both ways, in $in', async ({ remote, local, inbox }) => {
    const { home, server } = await sceneWith(['INBOX.Sent'], { remote, local }, '.')
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(foldersIn(home)).toEqual([inbox, 'sent'].sort())

    makeFolder(home, 'notes')
    writeFileSync(home.path('mail-home/notes/new/1.2.here'), 'Subject: note\n\nx\n')
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    const expected = local === '' ? 'INBOX.notes' : 'INBOX.Notes'
    expect(server.account().folder(expected).messages()).toHaveLength(1)
    expect((await home.run('-u', 'basic')).out).toContain('home: nothing new')
  })

  it('hash the name after the local nametrans into FMD5', async () => {
    const { home } = await sceneWith(['Work'], {
      remote: "nametrans = lambda f: 'x-' + f",
      local: 'nametrans = lambda f: f[2:]',
    })
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    const hash = createHash('md5').update('Work').digest('hex')
    expect(mailIn(home).filter((file) => file.startsWith('x-Work/'))).toEqual([expect.stringContaining(`FMD5=${hash}`)])
  })

  it('leave out what a filter of either side refuses, without a word', async () => {
    const { home, server } = await sceneWith(['Trash', 'Work', 'Lists/a', 'Lists/b'], {
      remote: 'folderfilter = exclude: Trash, Lists/*',
      local: "folderfilter = lambda f: f not in ('Work', 'Mine')",
    })
    makeFolder(home, 'Mine')
    expect(await home.run('-u', 'quiet')).toEqual(quiet)
    expect(foldersIn(home)).toEqual(['INBOX'])
    expect(server.account().has('Mine')).toBe(false)
  })

  it('take in what folderincludes names, listed by the server or not', async () => {
    const { home, server } = await sceneWith(['shared', 'Other'], {
      remote: "folderfilter = lambda f: f == 'INBOX'\nfolderincludes = ['shared', 'gone']",
    })
    const line = (text: string) => (/^\* LIST .*shared/.test(text) ? undefined : text)
    server.faults.add({ kind: 'rewrite', command: /./, times: Number.POSITIVE_INFINITY, line })
    const { code, err } = await home.run('-u', 'quiet')
    expect(foldersIn(home)).toEqual(['INBOX', 'shared'])
    expect(err).toMatch(/^WARNING: gone is skipped: folderincludes names it, but it cannot be opened: [^\n]*\n$/)
    expect(code).toBe(0)
  })

  it('are put aside by -f, but for those of the local side', async () => {
    const { home } = await sceneWith(['Trash', 'Work', 'Other'], {
      remote: "folderfilter = exclude: Trash\nfolderincludes = ['Other']",
      local: 'folderfilter = exclude: Work',
    })
    expect(await home.run('-u', 'quiet', '-f', 'Trash,Work')).toEqual(quiet)
    expect(foldersIn(home)).toEqual(['Trash'])
  })

  it('sort the folders', async () => {
    const { home } = await sceneWith(['a', 'bb', 'ccc'], {
      remote: 'maxconnections = 1\nfoldersort = lambda a, b: len(b) - len(a)',
    })
    const { out } = await home.run('-1', '-u', 'basic')
    expect([...out.matchAll(/Syncing (\S+):/g)].map(([, name]) => name)).toEqual(['INBOX', 'ccc', 'bb', 'a'])
  })

  it('stop an account of which two folders would become one, before anything is touched', async () => {
    const { home } = await sceneWith(['Sent', 'sent'], { remote: 'nametrans = lambda f: f.lower()' })
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(1)
    expect(err).toMatch(/"Sent" and "sent" would both be "sent" locally .*lambda f: f\.lower\(\)/)
    expect(existsSync(home.path('mail-home/INBOX'))).toBe(false)
  })

  it('warn of names that differ only in case', async () => {
    const { home } = await sceneWith(['Sent', 'sent'], {})
    const { code, err } = await home.run('-u', 'quiet')
    expect(code).toBe(0)
    expect(err).toMatch(/^WARNING: Sent and sent in home-server differ only in upper and lower case/)
  })

  it('are asked again at each sync, with the pythonfile, as dynamic_folderfilter wants it', async () => {
    const { home } = await sceneWith(['Trash'], {
      general: 'pythonfile = ~/rules.py',
      remote: 'folderfilter = wanted\ndynamic_folderfilter = yes',
    })
    const program = `import os\ndef wanted(f):\n    return f != 'Trash' or os.path.exists('${home.path('flag')}')\n`
    writeFileSync(home.path('rules.py'), program)
    for (const mode of ['builtin', 'host', 'auto'])
      expect(await home.run('-u', 'quiet', '--python', mode)).toEqual(quiet)
    expect(foldersIn(home)).toEqual(['INBOX'])
    writeFileSync(home.path('flag'), '')
    expect(await home.run('-u', 'quiet', '--python', 'host')).toEqual(quiet)
    expect(foldersIn(home)).toEqual(['INBOX', 'Trash'])
  })

  it.each(['builtin', 'host'])('name their line when they fail, by %s', async (mode) => {
    const { home } = await sceneWith(['Work'], { remote: 'nametrans = lambda f: (\n  translate(f))' })
    const { code, err } = await home.run('-u', 'quiet', '--python', mode)
    expect(code).toBe(1)
    expect(err).toMatch(/NameError.*translate/)
    expect(err).toMatch(/\.offlineimaprc:(20|21)/)
  })

  it('that are Python are an error with --python off, and plain ones are not', async () => {
    const { home } = await sceneWith(['Work'], { remote: "folderfilter = lambda f: f != 'Work'" })
    expect((await home.run('-u', 'quiet', '--python', 'off')).err).toMatch(
      /folderfilter \(.*\.offlineimaprc:20\) is Python, which --python off forbids/,
    )
    const plain = ['-k', 'Repository_home-server:folderfilter=exclude: Work']
    expect(await home.run('-u', 'quiet', '--python', 'off', ...plain)).toEqual(quiet)
  })

  it('show in --info, with both names and what is disabled', async () => {
    const { home } = await sceneWith(['Lists/dev', 'Trash'], {
      remote: "folderfilter = lambda f: (\n f != 'Trash')\nnametrans = prefix: x/",
    })
    const { code, err } = await home.run('--info')
    expect(code).toBe(0)
    expect(err).toContain("  folderfilter: lambda f: (\n    f != 'Trash')\n  nametrans: prefix: x/\n")
    expect(err).toContain('    INBOX\n    Lists/dev -> x.Lists.dev\n    Trash -> x.Trash (disabled)\n')
  })
})

describe('mailtide folders', () => {
  it('shows each folder, its local name and why it is or is not synced', async () => {
    const { home } = await sceneWith(['Lists/dev', 'Trash'], { remote: 'folderfilter = exclude: Trash' })
    makeFolder(home, 'Notes')
    expect(await home.run('folders')).toEqual({
      code: 0,
      err: '',
      out: [
        'Account home:',
        '  INBOX     -> INBOX (to be created here)',
        '  Lists/dev -> Lists.dev (to be created here)',
        '  Notes     -> Notes (to be created on the server)',
        '  Trash        not synced: the remote folderfilter leaves it out',
        '',
      ].join('\n'),
    })
    expect(mailIn(home)).toEqual([])
  })
})
