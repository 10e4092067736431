import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMailboxCache, parseMailboxCache } from './mailbox-cache.ts'

const text = fc.string({ unit: 'binary' })
const boxes = fc.array(fc.record({ account: text, folder: text, localFolders: fc.option(text, { nil: undefined }) }))

describe('the cache of mailboxes', () => {
  it('gives back what it was given, in ASCII', () => {
    fc.assert(
      fc.property(boxes, (given) => {
        const written = formatMailboxCache(given)
        expect(written).toMatch(/^[\x20-\x7e]*$/)
        expect(parseMailboxCache(written)).toEqual(given)
      }),
    )
  })

  it("is octet for octet what Python's json writes", (ctx) => {
    const folder = 'Entw\u00fcrfe "\\\n\x7f\u{1f4e7}/'
    const given = ['/m', undefined].map((localFolders) => ({ account: 'home', folder, localFolders }))
    const script = 'import json,sys; sys.stdout.write(json.dumps(json.load(sys.stdin)))'
    const written = formatMailboxCache(given)
    try {
      expect(execFileSync('python3', ['-c', script], { input: written, encoding: 'latin1' })).toBe(written)
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return ctx.skip('no python3')
      throw thrown
    }
  })

  it('is read with what others add', () => {
    const written = '[ {"localfolders":"/m","foldername":"","accountname":"a","more":1} ]\n'
    expect(parseMailboxCache(written)).toEqual([{ account: 'a', folder: '', localFolders: '/m' }])
  })

  it.each([
    '',
    '{}',
    '[1]',
    '[null]',
    '[{"accountname": "a", "foldername": 1, "localfolders": "/m"}]',
    '[{"accountname": "a", "foldername": "", "localfolders": 1}]',
    '[{"acc',
  ])('is an error with advice when it is damaged: %s', (damaged) => {
    const failure = { code: 'mailboxes/cache-unreadable', hint: expect.any(String) }
    expect(() => parseMailboxCache(damaged)).toThrow(expect.objectContaining(failure))
  })
})
