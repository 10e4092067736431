import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '@mailtide/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatUidMap, readUidMap } from './uid-map.ts'

const file = join(temporaryDirectory(), 'INBOX')
const read = (text: string) => {
  writeFileSync(file, text)
  return readUidMap(file)
}

describe('readUidMap', () => {
  it('reads pairs of local and remote UIDs', () => {
    expect(read('11:1\n12:7\n')).toEqual(
      new Map([
        [1, 11],
        [7, 12],
      ]),
    )
    expect(read('')).toEqual(new Map())
    expect(readUidMap(`${file}.none`)).toBeUndefined()
  })

  it.each(['11\n', '11:1:2\n', 'a:1\n', '11:0\n', '11:1\n\n12:2\n', '11:1\n12:1\n', '11:1\n11:2\n'])(
    'refuses %j',
    (text) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ code: 'offlineimap/damaged' }))
    },
  )

  it('reads what was written', () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 32 - 1 }))
    fc.assert(
      fc.property(uids, uids, (remotes, locals) => {
        const pairs = remotes.slice(0, locals.length).map((remote, index) => [remote, locals[index] ?? 0] as const)
        expect(read(formatUidMap(new Map(pairs)))).toEqual(new Map(pairs))
      }),
      { numRuns: 50 },
    )
  })
})
