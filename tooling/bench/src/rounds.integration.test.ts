import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { censusOf, deliver, generateMail } from '@mailtide/sample-mail'
import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, runRound } from './rounds.ts'
import { type Tool, toolOf } from './tools.ts'

const dovecot = await dovecotAvailability()

describe('a round of the bench', () => {
  let server: DovecotServer | undefined
  let bench: Bench

  beforeAll(async () => {
    if (!dovecot.ok) return
    server = await startDovecot()
    await server.addUser('bench', 'secret', { separator: '/' })
    const access = { host: server.host, port: server.port, user: 'bench', pass: 'secret' }
    const mail = [...generateMail({ seed: 1, messages: 300, folders: [['INBOX'], ['Entwürfe']], biggest: 100_000 })]
    await deliver(access, mail)
    const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-bench-'))
    bench = { access, expected: censusOf(mail), scratch, pause: 0 }
  })

  afterAll(async () => {
    if (bench) rmSync(bench.scratch, { recursive: true, force: true })
    await server?.close()
  })

  it.for(['mailtide', 'mbsync'] as const)(
    'with %s ends with the same mail on both sides',
    { timeout: 60_000 },
    async (name, { skip }) => {
      const tool = toolOf(name)
      if (!dovecot.ok) skip(dovecot.reason)
      if (!tool.command) skip(`${name} is not there`)
      const runs = await Array.fromAsync(runRound(tool, 0, bench))
      expect(runs.map(({ scenario, wrong }) => ({ scenario, wrong }))).toEqual([
        { scenario: 'first sync', wrong: [] },
        { scenario: 'no change', wrong: [] },
      ])
    },
  )

  it('is wrong when the tool did nothing', async ({ skip }) => {
    if (!dovecot.ok) skip(dovecot.reason)
    const idle: Tool = { ...toolOf('mbsync'), command: ['true'] }
    const runs = await Array.fromAsync(runRound(idle, 1, bench))
    expect(runs[0]?.wrong).toEqual(['Maildir: 300 messages missing or altered, one of them in INBOX'])
  })

  it('is wrong when the tool failed', async ({ skip }) => {
    if (!dovecot.ok) skip(dovecot.reason)
    const failing: Tool = { ...toolOf('mbsync'), command: ['false'] }
    const runs = await Array.fromAsync(runRound(failing, 1, bench))
    expect(runs).toMatchObject([{ scenario: 'first sync', measurement: undefined }])
    expect(runs[0]?.wrong[0]).toContain('ended with 1')
  })
})
