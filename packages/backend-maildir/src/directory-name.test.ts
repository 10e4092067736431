import { type FolderPath, folderPath } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDirectoryNames } from './directory-name.ts'

const awkward = fc.constantFrom(
  '%',
  '2',
  '5',
  'F',
  'E',
  '0',
  '6',
  '3',
  'u',
  'r',
  'D',
  '8',
  '/',
  '\0',
  '.',
  '\n',
  'ä',
  '\ud83d',
  '\ude00',
  '😀',
)
const segment = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    'cur',
    'new',
    'tmp',
    '%2E',
    '%empty',
    '%25empty',
    '.mailtide-id',
    'INBOX',
    '%63ur',
    '%252E.',
  ),
  fc.array(awkward, { maxLength: 8 }).map((characters) => characters.join('')),
  fc.string({ maxLength: 10 }),
)
const segments = fc.array(segment, { minLength: 1, maxLength: 4 })

describe.each(['/', '.'])('directory names with the separator %s', (separator) => {
  const { directoryOf, pathOf } = createDirectoryNames(separator)
  const storable = segments
    .map((all) => (separator === '/' ? all : all.map((each) => each.replaceAll(separator, ''))))
    .map(folderPath)

  it('lead back to the path, whatever a server says', () => {
    fc.assert(
      fc.property(storable, (path) => {
        expect(pathOf(directoryOf(path))).toBe(path)
      }),
      { numRuns: 2000 },
    )
  })

  it('are names that exist in a file system and stay below the root', () => {
    fc.assert(
      fc.property(storable, (path) => {
        const names = directoryOf(path).split('/')
        if (separator !== '/') expect(names).toHaveLength(1)
        for (const name of names) {
          expect(name.isWellFormed()).toBe(true)
          expect(name).not.toContain('\0')
          expect(['.', '..', 'cur', 'new', 'tmp', ...(path === '' ? [] : [''])]).not.toContain(name)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('are no folder when no path leads to them', () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1, maxLength: 10 }), (characters) => {
        const directory = characters.join('').replaceAll(/[/\0]|\p{Surrogate}/gu, '')
        const path = pathOf(directory)
        if (path !== undefined) expect(directoryOf(path)).toBe(directory)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    'INBOX',
    '100%',
    '50%s off',
    '[Gmail]',
    'two words',
    'Entw&APw-rfe',
    'Entwürfe',
    'a\\nb',
    '日本語',
    '%20',
    '~',
    '-x',
  ])('leave %s as it is', (name) => {
    expect(directoryOf(name as FolderPath)).toBe(name)
  })
})

describe('directory names', () => {
  const nested = createDirectoryNames('/')
  const flat = createDirectoryNames('.')

  it.each([
    { why: 'nest', names: nested, path: ['Work', 'Projects'], directory: 'Work/Projects' },
    { why: 'join', names: flat, path: ['Work', 'Projects'], directory: 'Work.Projects' },
    { why: 'are the root for the empty path', names: flat, path: [''], directory: '' },
    { why: 'begin with a dot in Maildir++ trees', names: flat, path: ['', 'Work', 'Sub'], directory: '.Work.Sub' },
    { why: 'keep a dot where dots separate nothing', names: nested, path: ['example.org'], directory: 'example.org' },
    { why: 'escape a slash', names: flat, path: ['R/D'], directory: 'R%2FD' },
    { why: 'escape what reads as an escape', names: flat, path: ['R%2FD'], directory: 'R%252FD' },
    { why: 'never lead upwards', names: nested, path: ['..', '.', 'etc'], directory: '%2E./%2E/etc' },
    { why: 'never lead upwards when flat', names: flat, path: ['', '', ''], directory: '%2E.' },
    { why: 'never hide in a Maildir', names: nested, path: ['INBOX', 'cur'], directory: 'INBOX/%63ur' },
    { why: 'say that a name is empty', names: nested, path: ['a', '', 'b'], directory: 'a/%empty/b' },
  ])('$why', ({ names, path, directory }) => {
    expect(names.directoryOf(folderPath(path))).toBe(directory)
    expect(names.pathOf(directory)).toBe(folderPath(path))
  })

  it('are refused where the separator is part of a name, with advice', () => {
    expect(() => flat.directoryOf(folderPath(['lists', 'example.org']))).toThrow(
      expect.objectContaining({
        code: 'maildir/separator-in-name',
        scope: 'folder',
        hint: expect.stringContaining('sep = /'),
      }),
    )
  })

  it('are refused from 256 octets on, and possible with 255', () => {
    expect(flat.directoryOf(folderPath(['ä'.repeat(127), ''])).length).toBe(128)
    for (const names of [flat, nested]) {
      expect(names.directoryOf(folderPath(['L'.repeat(255)]))).toHaveLength(255)
      expect(() => names.directoryOf(folderPath(['L'.repeat(256)]))).toThrow(
        expect.objectContaining({ code: 'maildir/name-too-long', scope: 'folder' }),
      )
    }
    const deep = folderPath(Array.from({ length: 5 }, () => 'deep'.repeat(15)))
    expect(() => flat.directoryOf(deep)).toThrow(/octets/)
    expect(nested.directoryOf(deep)).toHaveLength(304)
  })
})
