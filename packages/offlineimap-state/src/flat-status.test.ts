import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { readFlatStatus } from './flat-status.ts'

const first = 'OFFLINEIMAP LocalStatus CACHE DATA - DO NOT MODIFY - FORMAT 1\n'
const second = 'OFFLINEIMAP LocalStatus CACHE DATA - DO NOT MODIFY - FORMAT 2\n'

function fileOf(text: string): string {
  const file = join(temporaryDirectory(), 'INBOX')
  writeFileSync(file, text)
  return file
}

describe('readFlatStatus', () => {
  it.each([
    { why: 'no message', text: first, entries: [] },
    { why: 'no message, of the second format', text: second, entries: [] },
    {
      why: 'messages in any order',
      text: `${first}7:FS\n3:\n`,
      entries: [
        { uid: 3, letters: '', labels: [], mtime: 0 },
        { uid: 7, letters: 'FS', labels: [], mtime: 0 },
      ],
    },
    {
      why: 'labels and mtime',
      text: `${second}3|S|1700000000|\\Important, Arbeit/Büro\n4||0|\n`,
      entries: [
        { uid: 3, letters: 'S', labels: ['\\Important', 'Arbeit/Büro'], mtime: 1_700_000_000 },
        { uid: 4, letters: '', labels: [], mtime: 0 },
      ],
    },
    {
      why: 'a label with a bar in it',
      text: `${second}3|S|0|a|b, c\n`,
      entries: [{ uid: 3, letters: 'S', labels: ['a|b', 'c'], mtime: 0 }],
    },
    {
      why: 'the same UID twice: the last line counts',
      text: `${first}3:S\n3:FS\n`,
      entries: [{ uid: 3, letters: 'FS', labels: [], mtime: 0 }],
    },
    { why: 'no line end at the end', text: `${first}3:`, entries: [{ uid: 3, letters: '', labels: [], mtime: 0 }] },
  ])('reads $why', ({ text, entries }) => {
    const status = readFlatStatus(fileOf(text))
    expect([...(status?.entries ?? ['none'])]).toEqual(entries)
    expect(status).toMatchObject({ format: 'flat', count: entries.length })
  })

  it.each([
    { why: 'an empty file', text: '', code: 'offlineimap/damaged' },
    { why: 'another first line', text: '3:S\n', code: 'offlineimap/damaged' },
    { why: 'a line that is no message', text: `${first}3:S\nthree:S\n`, code: 'offlineimap/damaged' },
    { why: 'an empty line in the midst', text: `${first}3:S\n\n4:S\n`, code: 'offlineimap/damaged' },
    { why: 'a line that breaks off', text: `${second}3|S|17\n`, code: 'offlineimap/damaged' },
    { why: 'UID 0', text: `${first}0:S\n`, code: 'offlineimap/damaged' },
    { why: 'a format to come', text: first.replace('1', '3'), code: 'offlineimap/version-unknown' },
  ])('refuses $why, and says which file', ({ text, code }) => {
    const file = fileOf(text)
    expect(() => readFlatStatus(file)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(file) }),
    )
  })

  it('finds nothing where there is no file', () => {
    expect(readFlatStatus(join(temporaryDirectory(), 'INBOX'))).toBeUndefined()
  })
})
