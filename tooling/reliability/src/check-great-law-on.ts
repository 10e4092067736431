import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CyrusServer, expectGreatLaw, histories } from '@mailtide/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { createMailServerWorld, type ServerAccount } from './mail-server-world.ts'

/** A kind of mail server on which the law is to hold. */
export interface MailServerUnderLaw {
  availability(): Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>
  start(): Promise<Pick<CyrusServer, 'host' | 'port' | 'addUser' | 'close'>>
  /** How its folders are shown; as the server names them unless told. */
  readonly shown?: ServerAccount['shown']
  /** What it makes of a message's bytes; nothing unless told. */
  readonly stored?: ServerAccount['stored']
  readonly runs: number
  readonly actions: number
}

/** The great law on a Maildir and a real mail server, each history with a user of its own. */
export function checkGreatLawOn(name: string, server: MailServerUnderLaw): void {
  describe(`the great law on a Maildir and ${name}`, () => {
    it('holds', async (test) => {
      const available = await server.availability()
      if (!available.ok) return test.skip(available.reason)
      const running = await server.start()
      const { host, port } = running
      let users = 0
      try {
        await fc.assert(
          fc.asyncProperty(histories(server.actions), async (history) => {
            const user = `user${++users}`
            await running.addUser(user, 'secret')
            const account = { ...server, host, port, user, password: 'secret' }
            const world = await createMailServerWorld(mkdtempSync(join(tmpdir(), 'mailtide-law-')), account)
            try {
              await expectGreatLaw(world, history)
            } finally {
              await world.close()
            }
          }),
          { numRuns: server.runs, endOnFailure: false, interruptAfterTimeLimit: 15_000 },
        )
      } finally {
        await running.close()
      }
    })
  })
}
