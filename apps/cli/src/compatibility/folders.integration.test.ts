import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AccountLines, createScene, type Home, mailIn, message } from '../testing/mailtide-home.ts'

const quiet = ['-u', 'quiet'] as const
const done = { code: 0, out: '', err: '' }

/** A home whose server also has these folders, each with one message. */
async function sceneWith(folders: readonly string[], more: AccountLines = {}, separator?: string) {
  const scene = await createScene(1, more, separator === undefined ? {} : { separator })
  for (const name of folders) scene.server.account().create(name).append(message(1))
  return scene
}

/** The folders here that hold mail. */
function foldersIn(home: Home): string[] {
  return [...new Set(mailIn(home).map((file) => file.replace(/\/?(cur|new)\/[^/]*$/, '')))].sort()
}

function deliver(home: Home, folder: string): void {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(home.path('mail-home', folder, part), { recursive: true })
  writeFileSync(home.path('mail-home', folder, 'new/1.2.here'), 'Subject: here\n\n')
}

describe('folders', () => {
  it('that cannot be selected are passed over, and what is below them is not', async () => {
    const { home } = await sceneWith(['Parent/Child'])
    expect(await home.run(...quiet)).toEqual(done)
    expect(foldersIn(home)).toEqual(['INBOX', 'Parent.Child'])
    expect(home.files('mail-home').some((file) => file.startsWith('Parent/'))).toBe(false)
  })

  it('are directories within directories with sep = /, and below a localfolders made with its parents', async () => {
    const { home, server } = await sceneWith(['Lists.dev'], { local: 'localfolders = ~/deep/er\nsep = /' }, '.')
    const rc = readFileSync(home.path('.offlineimaprc'), 'utf8').replace('localfolders = ~/mail-home\n', '')
    home.write(rc)
    expect(await home.run(...quiet)).toEqual(done)
    expect(home.files('deep/er').filter((file) => file.startsWith('Lists/dev/new/'))).toHaveLength(1)
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(home.path('deep/er/My/Own', part), { recursive: true })
    expect(await home.run(...quiet)).toEqual(done)
    expect(server.account().has('My.Own')).toBe(true)
  })

  it('are made on neither side without createfolders, and the others go on', async () => {
    const { home, server } = await sceneWith(['Work'])
    expect(await home.run(...quiet, '-f', 'INBOX')).toEqual(done)
    deliver(home, 'Mine')
    const none = ['-k', 'Repository_home-disk:createfolders=no', '-k', 'Repository_home-server:createfolders=no']
    server.account().folder('INBOX').append(message(7))
    const { code, err } = await home.run(...quiet, ...none)
    expect(code).toBe(0)
    expect(err).toMatch(/Work/)
    expect(foldersIn(home)).toEqual(['INBOX', 'Mine'])
    expect(mailIn(home)).toHaveLength(3)
    expect(server.account().has('Mine')).toBe(false)
  })

  it('whose whole directory was removed here come again, and stay on the server', async () => {
    const { home, server } = await sceneWith(['Work'])
    expect(await home.run(...quiet)).toEqual(done)
    rmSync(home.path('mail-home/Work'), { recursive: true })
    expect(await home.run(...quiet)).toEqual(done)
    expect(foldersIn(home)).toEqual(['INBOX', 'Work'])
    expect(server.account().folder('Work').messages()).toHaveLength(1)
  })

  it('are decoded by utf8foldernames for rules and directories, and by decodefoldernames alike', async () => {
    const rule = "nametrans = lambda f: f.replace('ü', 'ue')\nfolderfilter = lambda f: f != 'Müll'"
    const { home, server } = await sceneWith(['Entwürfe', 'Müll'], { remote: `${rule}\ncreatefolders = no` })
    const decoded = [
      '-k',
      'Account_home:utf8foldernames=yes',
      '-k',
      'metadata=~/other',
      '-k',
      'Repository_home-disk:localfolders=~/mail-decoded',
    ]
    expect(await home.run(...quiet, '-f', 'INBOX')).toEqual(done)
    expect(foldersIn(home)).toEqual(['INBOX'])
    expect(await home.run(...quiet, ...decoded)).toEqual(done)
    const made = home.files('mail-decoded').filter((file) => file.includes('/new/'))
    expect(made.map((file) => file.split('/')[0]).sort()).toEqual(['Entwuerfe', 'INBOX'])
    const old = ['-k', 'Repository_home-server:decodefoldernames=yes', '-k', 'metadata=~/old']
    expect((await home.run(...quiet, ...old)).code).toBe(0)
    expect(foldersIn(home)).toEqual(['Entwuerfe', 'INBOX'])
    expect(server.account().folder('Müll').messages()).toHaveLength(1)
  })

  it('below a reference, or subscribed to, are the only ones where that is asked for', async () => {
    const { home, server } = await sceneWith(['Mail/a', 'Mail/b', 'Other'])
    server.account().subscribe('Other')
    const below = ['-k', 'Repository_home-server:reference=Mail/', '-k', 'metadata=~/s1']
    expect((await home.run(...quiet, ...below)).code).toBe(0)
    expect(foldersIn(home)).toEqual(['Mail.a', 'Mail.b'])
    rmSync(home.path('mail-home'), { recursive: true })
    const subscribed = ['-k', 'Repository_home-server:subscribedonly=yes', '-k', 'metadata=~/s2']
    expect((await home.run(...quiet, ...subscribed)).code).toBe(0)
    expect(foldersIn(home)).toEqual(['Other'])
  })

  it('that are gone on the server are made there anew, and renaming one makes another', async () => {
    const { home, server } = await sceneWith(['Work'])
    expect(await home.run(...quiet)).toEqual(done)
    server.account().rename('Work', 'Job')
    expect(await home.run(...quiet)).toEqual(done)
    expect(foldersIn(home)).toEqual(['INBOX', 'Job', 'Work'])
    expect(server.account().folder('Work').messages()).toHaveLength(1)
  })

  it('with the local separator in their names are synced, unless two would be one here', async () => {
    const { home, server } = await sceneWith(['a.b', 'c'])
    for (let run = 0; run < 2; run++) expect(await home.run(...quiet)).toEqual(done)
    expect(foldersIn(home)).toEqual(['INBOX', 'a.b', 'c'])
    expect(server.account().has('a/b')).toBe(false)
    server.account().create('a/b')
    expect(await home.run(...quiet)).toMatchObject({ code: 1, err: expect.stringMatching(/a\.b.*a\/b.*both/) })
  })

  it.each(["''", "'.'", "'/'"])('may be the top directory, as INBOX is by %s', async (top) => {
    const { home, server } = await sceneWith(['Work'], {
      remote: `nametrans = lambda f: ${top} if f == 'INBOX' else '.' + f`,
      local: "nametrans = lambda f: 'INBOX' if f == '' else f.lstrip('.')",
    })
    expect(await home.run(...quiet)).toEqual(done)
    expect(
      mailIn(home)
        .map((file) => file.replace(/[^/]*$/, ''))
        .sort(),
    ).toEqual(['.Work/new/', 'new/'])
    writeFileSync(home.path('mail-home/new/1.2.here'), 'Subject: here\n\n')
    expect(await home.run(...quiet)).toEqual(done)
    expect(server.account().folder('INBOX').messages()).toHaveLength(2)
  })
})
