import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FolderPath, folderPath } from '@mailtide/contracts'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { createMaildirRepository } from './create-maildir-repository.ts'
import { createFixture, inbox, knownIds, outgoing, signal } from './maildir.fixture.ts'

const permissions = (path: string) => statSync(path).mode & 0o777

describe('a tree of Maildirs', () => {
  it('holds for a folder what contains cur, new and tmp, directly below the root', async () => {
    const { makeMaildir, at, paths } = await createFixture()
    for (const name of ['Work.Projects', '.Sent', 'Work/nested', 'INBOX/cur/hidden']) makeMaildir(name)
    for (const name of ['half/cur', 'half/new', '.notmuch/xapian', 'cur/x']) mkdirSync(at(name), { recursive: true })
    writeFileSync(at('notes.txt'), '')
    expect(await paths()).toEqual(['/Sent', 'INBOX', 'Work/Projects'])
  })

  it('nests to any depth with a slash, but never within a Maildir', async () => {
    const { makeMaildir, at, paths } = await createFixture({ separator: '/' })
    for (const name of ['a/b.c/d', 'INBOX/sub', 'INBOX/new/no', 'x/tmp/no']) makeMaildir(name)
    mkdirSync(at('empty'))
    expect(await paths()).toEqual(['INBOX', 'INBOX/sub', 'a/b.c/d'])
  })

  it('has the root as the folder of the empty path if that is a Maildir', async () => {
    const { maildir, paths, at } = await createFixture()
    await maildir.createFolder('' as FolderPath, signal)
    expect(await paths()).toEqual(['', 'INBOX'])
    const root = await maildir.open('' as FolderPath, 'select', signal)
    const tokens = await root.prepare([outgoing('', '')], signal)
    expect(tokens[0]).toContain('FMD5=d41d8cd98f00b204e9800998ecf8427e')
    await root.append([outgoing('a', '')], signal)
    expect(readdirSync(at('new'))).toEqual(['a:2,'])
  })

  it.each(['.', '/'])('follows symbolic links, but not in circles (%s)', async (separator) => {
    const elsewhere = temporaryDirectory()
    for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(elsewhere, 'Linked', part), { recursive: true })
    mkdirSync(join(elsewhere, 'root'))
    const link = join(elsewhere, 'mail')
    symlinkSync('root', link)
    const { at, paths, maildir } = await createFixture({ root: link, separator })
    await maildir.createFolder('' as FolderPath, signal)
    symlinkSync(join(elsewhere, 'Linked'), at('Linked'))
    symlinkSync('.', at('circle'))
    symlinkSync('nowhere', at('broken'))
    symlinkSync('itself', at('itself'))
    symlinkSync(elsewhere, at('above'))
    const expected = separator === '/' ? ['', 'INBOX', 'Linked', 'above/Linked'] : ['', 'INBOX', 'Linked']
    expect(await paths()).toEqual(expected)
  })

  it('passes over a name that is not UTF-8 and says so', async () => {
    const skipped: string[] = []
    const { root, paths } = await createFixture({
      skipped: (directory, reason) => skipped.push(`${directory}: ${reason}`),
    })
    for (const part of ['/cur', '/new', '/tmp']) {
      mkdirSync(Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9]), Buffer.from(part)]), {
        recursive: true,
      })
    }
    mkdirSync(Buffer.concat([Buffer.from(`${root}/no-maildir`), Buffer.from([0xe9])]))
    expect(await paths()).toEqual(['INBOX'])
    expect(skipped).toEqual(['caf\ufffd: its name is not valid UTF-8'])
  })

  it('passes over a name that no folder has and says so', async () => {
    const skipped: string[] = []
    const { makeMaildir, paths } = await createFixture({
      separator: '/',
      skipped: (directory) => skipped.push(directory),
    })
    makeMaildir('%empty')
    expect(await paths()).toEqual(['INBOX'])
    expect(skipped).toEqual(['%empty'])
  })

  it('never takes a missing root for an empty one', async () => {
    const root = join(temporaryDirectory(), 'mail')
    const maildir = createMaildirRepository({ root })
    const missing = { code: 'maildir/root-missing', scope: 'account', message: expect.stringContaining(root) }
    await expect(maildir.survey(new Map(), signal)).rejects.toMatchObject(missing)
    await expect(maildir.createFolder(inbox, signal)).rejects.toMatchObject(missing)
    await expect(maildir.open(inbox, 'select', signal)).rejects.toMatchObject(missing)
    writeFileSync(root, 'a file')
    await expect(maildir.survey(new Map(), signal)).rejects.toMatchObject(missing)
    rmSync(root)
    mkdirSync(root)
    expect(await maildir.survey(new Map(), signal)).toEqual([])
  })

  it('marks its root once, for its owner only', async () => {
    const root = join(temporaryDirectory(), 'a', 'mail')
    const maildir = createMaildirRepository({ root, newMark: () => 'mark' })
    expect(await maildir.readMark?.(signal)).toBeUndefined()
    expect(await maildir.establish?.(signal)).toBe('mark')
    expect(await createMaildirRepository({ root, newMark: () => 'other' }).establish?.(signal)).toBe('mark')
    expect(await maildir.readMark?.(signal)).toBe('mark')
    expect([permissions(root), permissions(join(root, '.mailtide-id'))]).toEqual([0o700, 0o600])
  })

  it('does not look a folder over again that did not change, nor forgets one that lost its tmp', async () => {
    const { maildir, folder, at } = await createFixture()
    const { cursor } = await folder.changes(undefined, knownIds(), signal)
    rmSync(at('INBOX/tmp'), { recursive: true })
    expect(await maildir.survey(new Map([[inbox, cursor]]), signal)).toEqual([{ path: inbox, mayHaveChanged: false }])
    expect(await folder.append([outgoing('a', '')], signal)).toEqual([{ id: 'a' }])
  })
})

describe('creating folders', () => {
  it('makes them for their owner only, and directories above them that are no Maildirs', async () => {
    const { maildir, at, paths } = await createFixture({ separator: '/' })
    await maildir.createFolder(folderPath(['a', 'b']), signal)
    expect(['a', 'a/b', 'a/b/cur', 'a/b/new', 'a/b/tmp'].map((path) => permissions(at(path)))).toEqual(
      Array(5).fill(0o700),
    )
    expect(await paths()).toEqual(['INBOX', 'a/b'])
  })

  it.each([
    { why: 'a name of 255 octets', path: ['L'.repeat(255)] },
    { why: 'names that would leave the root', path: ['..', '..', 'etc', 'R/D', 'a\0b'] },
    { why: 'names of a Maildir itself', path: ['cur', 'new', '', 'tmp'] },
    { why: 'control characters and half characters', path: ['a\nb\u0007', '\ud83d'] },
  ])('makes $why, and finds them again', async ({ path }) => {
    const { maildir, paths, root } = await createFixture({ separator: '/' })
    await maildir.createFolder(folderPath(path), signal)
    expect(await paths()).toEqual(['INBOX', folderPath(path)].sort())
    const folder = await maildir.open(folderPath(path), 'select', signal)
    expect(await folder.append([outgoing('a', '')], signal)).toEqual([{ id: 'a' }])
    expect(readdirSync(join(root, '..'))).toEqual(['mail'])
  })

  it('fails that folder alone whose name is too long, or whose name has a dot in it', async () => {
    const { maildir } = await createFixture()
    for (const [path, code] of [
      [folderPath(['L'.repeat(256)]), 'maildir/name-too-long'],
      [folderPath(['lists', 'example.org']), 'maildir/separator-in-name'],
    ] as const) {
      const failure = { code, scope: 'folder', hint: expect.any(String) }
      await expect(maildir.createFolder(path, signal)).rejects.toMatchObject(failure)
      await expect(maildir.open(path, 'select', signal)).rejects.toMatchObject(failure)
    }
  })

  it('says which file is in the way', async () => {
    const { maildir, at } = await createFixture()
    writeFileSync(at('Work'), '')
    await expect(maildir.createFolder('Work' as FolderPath, signal)).rejects.toMatchObject({
      message: expect.stringContaining(at('Work')),
    })
  })
})
