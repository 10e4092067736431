import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectGreatLaw, histories } from '@mailtide/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { createRealWorld, type WorldOptions } from './real-world.ts'

const servers: { readonly why: string; readonly options: WorldOptions }[] = [
  { why: 'a server with every extension', options: {} },
  { why: 'a server with CONDSTORE but not QRESYNC', options: { extensions: { QRESYNC: false } } },
  { why: 'a server with no extension at all', options: { extensions: new Set() } },
  {
    why: 'Gmail, with its labels',
    // Mail that Gmail takes for what it has archived comes with labels of its own, which the next run brings.
    options: { behaves: 'gmail', hasLabels: true, habits: { labels: { keepsTwins: true } } },
  },
]

/** The great law on a real Maildir and a real server, with so many random histories for each kind of server. */
export function checkGreatLaw(runs: number, actions: number): void {
  describe('the great law on a Maildir and a server', () => {
    it.each(servers)('holds for $why', async ({ options }) => {
      await fc.assert(
        fc.asyncProperty(histories(actions), async (history) => {
          const world = await createRealWorld(mkdtempSync(join(tmpdir(), 'mailtide-law-')), options)
          try {
            await expectGreatLaw(world, history)
          } finally {
            await world.close()
          }
        }),
        { numRuns: runs, endOnFailure: false },
      )
    })
  })
}
