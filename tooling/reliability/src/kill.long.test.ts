import { dovecotAvailability, startDovecot, temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { surviveKills } from './survive-kills.ts'

describe('the real program', () => {
  it('survives 300 kills while mail arrives on both sides', async (test) => {
    const dovecot = await dovecotAvailability()
    if (!dovecot.ok) return test.skip(dovecot.reason)
    const server = await startDovecot()
    try {
      const directory = temporaryDirectory()
      const hits = await surviveKills(server, directory, { messages: 3000, kills: 300, mailMeanwhile: true })
      console.log(`${hits} of 300 kills met the program at work`)
      expect(hits).toBeGreaterThan(100)
    } finally {
      await server.close()
    }
  })
})
