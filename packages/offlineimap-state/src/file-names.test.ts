import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OfflineImapFolder } from './account.ts'
import { repositoryFileName, sharedFiles, statusFileName } from './file-names.ts'

const folder = (name: string, more: Partial<OfflineImapFolder> = {}): OfflineImapFolder => ({
  remoteName: name,
  visibleName: name,
  remoteSeparator: '/',
  localName: name,
  ...more,
})

describe('repositoryFileName', () => {
  it.each([
    ['INBOX', 'INBOX'],
    ['Sub/Deep', 'Sub.Deep'],
    ['Sub.Deep', 'Sub.Deep'],
    ['', 'dot'],
    ['.Sent Mail', '.Sent Mail'],
    ['Entw&APw-rfe', 'Entw&APw-rfe'],
    ['Entwürfe', 'Entwürfe'],
    ['a|b', 'a|b'],
  ])('of %j is %j', (name, file) => {
    expect(repositoryFileName(name)).toBe(file)
  })

  it.each(['.', '..', '/', '//', 'a\0b'])('of %j is none', (name) => {
    expect(() => repositoryFileName(name)).toThrow(expect.objectContaining({ code: 'offlineimap/name-impossible' }))
  })

  it('never leads to another directory', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '.', '/', '\0', 'ü') }), (name) => {
        let file = 'refused'
        try {
          file = repositoryFileName(name)
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'offlineimap/name-impossible' })
        }
        expect(file).not.toMatch(/[/\0]|^\.{0,2}$/)
      }),
    )
  })
})

describe('statusFileName', () => {
  it.each([
    { visibleName: 'pre/Sub/Deep', remoteSeparator: '/', file: 'pre.Sub.Deep' },
    { visibleName: 'a|b/c', remoteSeparator: '|', file: 'a.b.c' },
    { visibleName: 'INBOX.Work', remoteSeparator: '.', file: 'INBOX.Work' },
    { visibleName: '', remoteSeparator: '/', file: 'dot' },
    { visibleName: '/', remoteSeparator: '/', file: 'dot' },
    { visibleName: 'Flat', remoteSeparator: '', file: 'Flat' },
  ])('of $visibleName, separated by $remoteSeparator, is $file', ({ file, ...names }) => {
    expect(statusFileName(names)).toBe(file)
  })

  it('is that of the same name in a repository whose separator is a slash', () => {
    const names = fc.string().filter((name) => !/^(\/?|[./]{1,2})$|\0/.test(name))
    fc.assert(
      fc.property(names, (name) => {
        expect(statusFileName({ visibleName: name, remoteSeparator: '/' })).toBe(repositoryFileName(name))
      }),
    )
  })
})

describe('sharedFiles', () => {
  it('tells a/b from a.b no more than OfflineIMAP does', () => {
    const folders = [folder('a/b'), folder('INBOX'), folder('a.b')]
    const [shared] = sharedFiles(folders)
    expect(shared).toEqual({ file: 'LocalStatus-sqlite/a.b', folders: [folders[0], folders[2]] })
  })

  it('finds nothing where all is told apart', () => {
    expect(sharedFiles([folder('INBOX', { localName: '' }), folder('a/b'), folder('b'), folder('dots', {})])).toEqual(
      [],
    )
  })

  it('looks at every kind of file', () => {
    const remote = [folder('a/b', { visibleName: 'one', localName: 'one' }), folder('a.b', { visibleName: 'two' })]
    expect(sharedFiles(remote).map(({ file }) => file)).toEqual(['remote FolderValidity/a.b'])
    const local = [folder('one', { localName: '' }), folder('two', { localName: 'dot' })]
    expect(sharedFiles(local).map(({ file }) => file)).toEqual(['local FolderValidity/dot'])
  })

  it('passes over names that are no file', () => {
    expect(sharedFiles([folder('..'), folder('..')])).toEqual([])
  })
})
