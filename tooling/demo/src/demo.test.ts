import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestServer, type TestServer } from '@mailtide/test-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runDemo } from './demo.ts'

describe('runDemo', () => {
  let server: TestServer
  let directory: string

  beforeEach(async () => {
    server = await startTestServer({ tls: 'implicit' })
    directory = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-demo-'))
  })

  afterEach(async () => {
    rmSync(directory, { recursive: true, force: true })
    await server.close()
  })

  function demo(sync: (rc: string) => Promise<void>): Promise<void> {
    const { host, port, certificateAuthority: ca } = server
    return runDemo({ access: { host, port, user: 'demo', pass: 'demo', ca }, directory, sync, say: () => undefined })
  }

  it('fails when a sync brought nothing', async () => {
    await expect(demo(async () => undefined)).rejects.toThrow(/Maildir: 300 messages missing/)
  })

  it('fails when a sync took something away from the server', async () => {
    const takeAway = async () => server.account().delete('Entwürfe')
    await expect(demo(takeAway)).rejects.toThrow(/server: 50 messages missing or altered, one of them in Entw&APw-rfe/)
  })

  it('hands the rc file to the sync', async () => {
    let rc = ''
    const read = async (file: string) => {
      rc = readFileSync(file, 'utf8')
    }
    await expect(demo(read)).rejects.toThrow()
    expect(rc).toContain(`remoteport = ${server.port}\n`)
  })
})
