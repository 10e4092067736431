import { type FolderPath, folderPath, segmentsOf } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFolderNames } from './folder-names.ts'
import { decodeUtf7, encodeUtf7 } from './modified-utf7.ts'

const raw = createFolderNames('utf-7')
const decoded = createFolderNames('utf-8')

describe('modified UTF-7', () => {
  it.each([
    { name: 'Entwürfe', encoded: 'Entw&APw-rfe' },
    { name: 'A&B', encoded: 'A&-B' },
    { name: '台北', encoded: '&U,BTFw-' },
  ])('writes $name as $encoded', ({ name, encoded }) => {
    expect(encodeUtf7(name)).toBe(encoded)
  })

  it('brings every name back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '&', '-', ',', '/', 'ü', '台', '✉', '\x07', '\ud83d', '\udcec', ' ') }),
        (name) => {
          expect(decodeUtf7(encodeUtf7(name))).toBe(name)
        },
      ),
    )
  })

  it.each(['A&B', '&', '&AGE-', '&U,BTFw-&ZeVnLIqe-', '&APw', 'gr\xfcn', '&!-'])(
    'leaves %s, which is not how it is written',
    (name) => {
      expect(decodeUtf7(name)).toBeUndefined()
    },
  )
})

describe('createFolderNames', () => {
  it('shows names as they are, or decoded', () => {
    expect(raw.toPath('Lists.Entw&APw-rfe', '.')).toBe('Lists/Entw&APw-rfe')
    expect(decoded.toPath('Lists.Entw&APw-rfe', '.')).toBe('Lists/Entwürfe')
    expect(decoded.toPath('A&B', '.')).toBe('A&B')
  })

  it('knows INBOX in any spelling, and only INBOX', () => {
    expect(raw.toPath('Inbox', '/')).toBe('INBOX')
    expect(raw.toName('inbox' as FolderPath, '/')).toBe('INBOX')
    expect(raw.toPath('Inbox/Old', '/')).toBe('Inbox/Old')
  })

  it.each(['Mail', 'Mail.'])('puts the reference before a name, once, and never before INBOX (%s)', (reference) => {
    const names = createFolderNames('utf-7', reference)
    const namesOf = (...paths: string[]) => paths.map((path) => names.toName(path as FolderPath, '.'))
    expect(namesOf('a/b', 'Mail/a', 'Mail', 'Mailbox', 'inbox')).toEqual([
      'Mail.a.b',
      'Mail.a',
      'Mail',
      'Mail.Mailbox',
      'INBOX',
    ])
  })

  it('has one level where the server has none', () => {
    expect(segmentsOf(raw.toPath('a/b.c', undefined))).toEqual(['a/b.c'])
  })

  it.each([raw, decoded])('keeps hostile names faithfully', (names) => {
    for (const segments of [
      ['a', '', 'b'],
      ['', ''],
      ['~', ' x'],
      ['R/D', '100%'],
    ]) {
      const name = segments.join('.')
      const path = names.toPath(name, '.')
      expect(segmentsOf(path).join('.')).toBe(name)
      expect(names.toName(path, '.')).toBe(name)
    }
  })

  it('gives back the name that a path came from', () => {
    const level = fc.string({ unit: fc.constantFrom('a', 'ü', '&', '✉', '%', '2F', ' '), minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 3 }), (levels) => {
        const name = levels.map(encodeUtf7).join('/')
        expect(decoded.toName(decoded.toPath(name, '/'), '/')).toBe(name)
        expect(raw.toName(raw.toPath(name, '/'), '/')).toBe(name)
      }),
    )
  })

  it.each([
    { names: raw, segments: ['Entwürfe'] },
    { names: raw, segments: ['A&B'] },
    { names: raw, segments: ['a/b'] },
    { names: decoded, segments: ['a\nb'] },
    { names: decoded, segments: ['a/b'] },
  ])('refuses to create $segments', ({ names, segments }) => {
    expect(() => names.check(folderPath(segments), '/')).toThrow(expect.objectContaining({ code: 'imap/folder-name' }))
  })
})
