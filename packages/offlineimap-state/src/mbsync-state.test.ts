import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { readMbsyncState } from './mbsync-state.ts'

const header = 'FarUidValidity 17\nNearUidValidity 18\nMaxPulledUid 5\nMaxPushedUid 4\n'

function fileOf(text: string): string {
  const file = join(temporaryDirectory(), '.mbsyncstate')
  writeFileSync(file, text)
  return file
}

describe('readMbsyncState', () => {
  it('reads header and messages', () => {
    const lines = '1 1 \n2 3 FS\n10 0 \n0 7 S\n4 4 ~PRS\n5 5 >S\n'
    expect(readMbsyncState(fileOf(`${header}MaxExpiredFarUid 3\n\n${lines}`))).toEqual({
      farUidValidity: '17',
      nearUidValidity: '18',
      maxPulledUid: 5,
      maxPushedUid: 4,
      messages: [
        { far: 1, near: 1, letters: '', marks: '' },
        { far: 2, near: 3, letters: 'FS', marks: '' },
        { far: 10, near: undefined, letters: '', marks: '' },
        { far: undefined, near: 7, letters: 'S', marks: '' },
        { far: 4, near: 4, letters: 'PRS', marks: '~' },
        { far: 5, near: 5, letters: 'S', marks: '>' },
      ],
    })
  })

  it('reads the state of two empty mailboxes', () => {
    expect(readMbsyncState(fileOf(`${header}\n`))?.messages).toEqual([])
  })

  it('finds nothing where there is no file', () => {
    expect(readMbsyncState(join(temporaryDirectory(), '.mbsyncstate'))).toBeUndefined()
  })

  it('refuses what mbsync has not finished, the first run included', () => {
    const file = fileOf(`${header}\n1 1 \n`)
    writeFileSync(`${file}.journal`, '4\n+ 1 0\n')
    expect(() => readMbsyncState(file)).toThrow(expect.objectContaining({ code: 'mbsync/unfinished' }))
    const first = join(temporaryDirectory(), '.mbsyncstate')
    writeFileSync(`${first}.journal`, '4\n+ 1 0\n')
    expect(() => readMbsyncState(first)).toThrow(expect.objectContaining({ code: 'mbsync/unfinished' }))
  })

  it.each([
    { why: 'an empty file', text: '' },
    { why: 'a header without an end', text: header },
    { why: 'a header without UIDVALIDITY', text: 'MaxPulledUid 5\nMaxPushedUid 4\n\n1 1 \n' },
    { why: 'a header of isync 1.3', text: `${header.replace('FarUid', 'MasterUid')}\n` },
    { why: 'a line that is no message', text: `${header}\n1 1 \nx 1 S\n` },
    { why: 'an empty line among messages', text: `${header}\n1 1 \n\n2 2 \n` },
  ])('refuses $why, and says which file', ({ text }) => {
    const file = fileOf(text)
    expect(() => readMbsyncState(file)).toThrow(
      expect.objectContaining({ code: 'mbsync/damaged', message: expect.stringContaining(file) }),
    )
  })
})
