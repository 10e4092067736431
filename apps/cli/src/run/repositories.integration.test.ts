import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'
import { createSecret } from '@mailtide/contracts'
import { startTestServer } from '@mailtide/test-server'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AccountLogin } from '../login/account-login.ts'
import { createServerKnowledge } from './profile.ts'
import { createImapEnd } from './repositories.ts'
import type { ServerConfig } from './resolve-server.ts'

const context = {
  fsync: true,
  socketTimeout: 10,
  utf8FolderNames: false,
  quick: false,
  single: true,
  proxy: undefined,
  warn: () => undefined,
  paused: () => undefined,
}
const knowledge = createServerKnowledge({ ...context, host: '127.0.0.1', maxConnections: undefined })

/** The folders of a TLS server, looked at with this much of a configuration. */
async function look(more: (authority: string) => Partial<ServerConfig>) {
  const server = await startTestServer({ tls: 'implicit' })
  onTestFinished(() => server.close())
  const file = join(temporaryDirectory(), 'ca.pem')
  writeFileSync(file, server.certificateAuthority)
  const config: ServerConfig = {
    type: 'IMAP',
    name: 'server',
    host: server.host,
    port: server.port,
    user: 'demo',
    login: { oauth2: { tokenStore: 'file' } },
    encryption: 'tls',
    certificateAuthorities: 'system',
    fingerprints: [],
    compression: false,
    maxConnections: 1,
    expunge: true,
    subscribedOnly: false,
    attempts: 1,
    readOnly: false,
    createFolders: true,
    syncDeletes: true,
    ...more(file),
  }
  const remote = await createImapEnd(config, login, context, knowledge)
  onTestFinished(() => remote.close())
  return (await remote.survey(new Map(), new AbortController().signal)).map(({ path }) => path)
}

const login: AccountLogin = {
  user: async () => 'demo',
  find: async () => ({ kind: 'password', secret: createSecret('demo') }),
  accepted: () => undefined,
  settled: async () => undefined,
}
const wrong = ['00'.repeat(32)]

describe('createImapEnd', () => {
  it('believes a server whose authority is named', async () => {
    expect(await look((file) => ({ certificateAuthorities: { file } }))).toEqual(['INBOX'])
  })

  it('believes no authority but those of the system unless told', async () => {
    await expect(look(() => ({}))).rejects.toMatchObject({ code: 'imap/tls' })
  })

  it('insists on the fingerprint as well as on the authority', async () => {
    const both = look((file) => ({ certificateAuthorities: { file }, fingerprints: wrong }))
    await expect(both).rejects.toMatchObject({ code: 'imap/tls' })
  })

  it('checks the authority too where a fingerprint is given beside OS-DEFAULT', async () => {
    const told = look(() => ({ fingerprints: wrong }))
    await expect(told).rejects.toMatchObject({
      code: 'imap/tls',
      message: expect.not.stringContaining('fingerprint'),
    })
  })

  it('names the file of authorities that it cannot read', async () => {
    const missing = look(() => ({ certificateAuthorities: { file: '/no/ca.pem' } }))
    await expect(missing).rejects.toThrow('/no/ca.pem (sslcacertfile) cannot be read: it does not exist')
  })

  it('speaks TLS 1.2 at least', async () => {
    await look((file) => ({ certificateAuthorities: { file } }))
    expect(tls.DEFAULT_MIN_VERSION).toBe('TLSv1.2')
  })
})
