import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { mbsyncUidOf, readMbsyncUidValidity } from './mbsync-maildir.ts'

describe('readMbsyncUidValidity', () => {
  const file = join(temporaryDirectory(), '.uidvalidity')

  it('reads UIDVALIDITY and the highest UID so far', () => {
    expect(readMbsyncUidValidity(file)).toBeUndefined()
    writeFileSync(file, '1795400826\n4\n')
    expect(readMbsyncUidValidity(file)).toEqual({ uidValidity: '1795400826', lastUid: 4 })
  })

  it.each(['', '1795400826\n', 'a\n4\n', '1\n2\n3\n'])('refuses %j', (text) => {
    writeFileSync(file, text)
    expect(() => readMbsyncUidValidity(file)).toThrow(expect.objectContaining({ code: 'mbsync/damaged' }))
  })
})

describe('mbsyncUidOf', () => {
  it.each([
    ['1795400827.28967_2.vm,U=2:2,FS', 2],
    ['1009.1.host,U=5', 5],
    ['1009.1.host,S=17,U=4294967295:2,', 4_294_967_295],
    ['1009.1.host,U=5,FMD5=7e33429f656f1e6e9d79b29c3f82c57e:2,S', 5],
    ['1009.1.host:2,S', undefined],
    ['1009.1.host,U=0:2,S', undefined],
    ['1009.1.host,U=x:2,S', undefined],
    ['1009.1.host:2,U=5', undefined],
  ])('of %s is %s', (name, uid) => {
    expect(mbsyncUidOf(name)).toBe(uid)
  })
})
