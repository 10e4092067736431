import { dovecotAvailability, startDovecot, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { surviveKills } from './survive-kills.ts'

describe('the real program', () => {
  it('completes a first sync of 2,000 messages after 20 kills, with nothing lost and nothing doubled', async (test) => {
    const dovecot = await dovecotAvailability()
    if (!dovecot.ok) return test.skip(dovecot.reason)
    const server = await startDovecot()
    try {
      const directory = temporaryDirectory()
      const hits = await surviveKills(server, directory, { messages: 2000, kills: 20, mailMeanwhile: false })
      expect(hits).toBeGreaterThan(10)
    } finally {
      await server.close()
    }
  }, 120_000)
})
