import { execFile } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Credential, createSecret } from '@mailtide/contracts'
import { startTestServer } from '@mailtide/test-server'
import { type DovecotServer, dovecotAvailability, startDovecot, temporaryDirectory } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from '../index.ts'
import type { ImapOptions } from '../options.ts'

const signal = new AbortController().signal
const password = 'p4ss wörd'
const tokenKey = randomBytes(48)

let server: DovecotServer | undefined
let missing = ''
let client = { authority: '', certificate: '', key: '' }

beforeAll(async () => {
  const availability = await dovecotAvailability()
  if (!availability.ok) {
    missing = availability.reason
    return
  }
  const { stdout } = await promisify(execFile)('dovecot', ['--version'], {
    env: { PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` },
  })
  if (!stdout.startsWith('2.3.')) {
    missing = `these settings are in the language of Dovecot 2.3, and here is ${stdout.trim()}`
    return
  }
  await using lender = await startTestServer()
  client = lender.clientCertificate
  server = await startDovecot({ settings: settingsIn(openDirectory()) })
  for (const user of ['demo', 'other']) await server.addUser(user, password)
})

afterAll(() => server?.close())

/** A directory whose files the users of Dovecot may read. */
function openDirectory(): string {
  const directory = temporaryDirectory()
  chmodSync(directory, 0o755)
  return directory
}

function settingsIn(directory: string): string {
  const keys = join(directory, 'keys', 'default', 'HS256')
  mkdirSync(keys, { recursive: true })
  writeFileSync(join(keys, 'default'), tokenKey.toString('base64'))
  writeFileSync(join(directory, 'clients.pem'), client.authority)
  const oauth2 = join(directory, 'oauth2.conf')
  writeFileSync(
    oauth2,
    `introspection_mode = local\nusername_attribute = sub\nlocal_validation_key_dict = fs:posix:prefix=${directory}/keys/\n`,
  )
  return `auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external
auth_ssl_username_from_cert = yes
ssl_ca = <${directory}/clients.pem
ssl_verify_client_cert = yes
ssl_require_crl = no
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = static
  args = password=the-master-key
  master = yes
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${oauth2}
}
passdb {
  driver = static
  mechanisms = external
  args = nopassword
}`
}

/** A token as Dovecot can check by itself (JWT, HS256). */
function tokenFor(user: string, lifetime: number): string {
  const now = Math.floor(Date.now() / 1000)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = { sub: user, iat: now - 100, nbf: now - 100, exp: now + lifetime }
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', tokenKey).update(signed).digest('base64url')}`
}

async function enter(options: Partial<ImapOptions>): Promise<number> {
  const { port = 0 } = server ?? {}
  const repository = createImapRepository({ host: '127.0.0.1', port, user: 'demo', encryption: 'none', ...options })
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), signal)).length
}

function dovecotIt(sentence: string, test: (dovecot: DovecotServer) => Promise<void>): void {
  it(sentence, (context) => (server ? test(server) : context.skip(missing)))
}

describe('Dovecot', () => {
  for (const mechanism of ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']) {
    dovecotIt(`lets in by ${mechanism}, and nobody with a wrong password`, async () => {
      const mechanisms = [mechanism]
      expect(await enter({ mechanisms, password: () => password })).toBe(1)
      await expect(enter({ mechanisms, password: () => 'wrong' })).rejects.toMatchObject({
        code: 'imap/login-refused',
        message: expect.stringContaining('AUTHENTICATIONFAILED'),
      })
    })
  }

  dovecotIt('opens the mail of another for a master user (PLAIN)', async () => {
    const credential = (): Credential => ({ kind: 'password', secret: createSecret('the-master-key') })
    const options = { user: 'master', mechanisms: ['PLAIN'], credential }
    expect(await enter({ ...options, authorizationIdentity: 'other' })).toBe(1)
    await expect(enter(options)).rejects.toMatchObject({ code: 'imap/login-refused' })
  })

  for (const mechanism of ['XOAUTH2', 'OAUTHBEARER']) {
    dovecotIt(`takes an access token as long as it is good (${mechanism})`, async () => {
      const mechanisms = [mechanism]
      const credential = (lifetime: number, user = 'demo') => ({
        mechanisms,
        credential: (): Credential => ({ kind: 'access-token', secret: createSecret(tokenFor(user, lifetime)) }),
      })
      expect(await enter(credential(3600))).toBe(1)
      await expect(enter(credential(-60))).rejects.toMatchObject({
        code: 'imap/login-refused',
        message: expect.stringMatching(/access token/),
      })
      await expect(enter(credential(3600, 'other'))).rejects.toMatchObject({ code: 'imap/login-refused' })
    })
  }

  dovecotIt('takes whom a client certificate names (EXTERNAL)', async ({ tls }) => {
    if (!tls) throw new Error('openssl is missing')
    const encrypted = { encryption: 'tls', port: tls.port, certificateAuthorities: tls.ca, user: undefined } as const
    const shown = { clientCertificate: client.certificate, clientKey: client.key }
    expect(await enter({ ...encrypted, ...shown, mechanisms: ['EXTERNAL'] })).toBe(1)
    await expect(enter({ ...encrypted, mechanisms: ['EXTERNAL'] })).rejects.toMatchObject({
      code: 'imap/no-login-method',
    })
  })

  dovecotIt('lets in by the strongest way without being told', async () => {
    const lines: string[] = []
    expect(await enter({ password: () => password, trace: (line) => lines.push(line) })).toBe(1)
    expect(lines.filter((line) => line.includes('AUTHENTICATE '))).toHaveLength(1)
    expect(lines.join('\n')).toContain('AUTHENTICATE SCRAM-SHA-256')
  })
})
