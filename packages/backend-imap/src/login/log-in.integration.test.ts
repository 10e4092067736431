import { type Credential, type CredentialRequest, createSecret, type MailtideError } from '@mailtide/contracts'
import { type Mechanism, startTestServer, type TestServer, type TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from '../index.ts'
import type { ImapOptions } from '../options.ts'
import { startScript } from '../testing/scripted-server.ts'

const signal = new AbortController().signal
const password = 'p4ss, "wörd"='
const token = 'ya29.token-of-demo'

const aPassword = (text = password): Credential => ({ kind: 'password', secret: createSecret(text) })
const aToken = (text = token): Credential => ({ kind: 'access-token', secret: createSecret(text) })

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const users = [
    { name: 'demo', password, accessToken: token, mayActFor: ['other'] },
    { name: 'other', password: 'theirs', accessToken: 'theirs' },
  ]
  const server = await startTestServer({ users, ...options })
  onTestFinished(() => server.close())
  server.account('other').create('only theirs')
  return server
}

async function foldersOf(server: { readonly port: number }, options: Partial<ImapOptions> = {}): Promise<string[]> {
  const repository = createImapRepository({
    host: 'localhost',
    port: server.port,
    user: 'demo',
    encryption: 'none',
    ...options,
  })
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), signal)).map(({ path }) => path)
}

async function refusal(server: { readonly port: number }, options: Partial<ImapOptions>): Promise<MailtideError> {
  const error = await foldersOf(server, options).then(
    () => Promise.reject(new Error('nobody was refused')),
    (thrown: MailtideError) => thrown,
  )
  expect(error).toMatchObject({ name: 'MailtideError', scope: 'account' })
  const told = [error.message, error.hint, String(error.cause), error.stack].join()
  for (const secret of [password, token, 'wr0ng']) expect(told).not.toContain(secret)
  return error
}

const tried = ({ loginAttempts }: TestServer) =>
  loginAttempts.map(({ mechanism, outcome }) => `${mechanism ?? 'command'} ${outcome}`)

describe('the mechanisms', () => {
  const all: readonly Mechanism[] = ['XOAUTH2', 'OAUTHBEARER', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN']

  describe.each([{ ir: true }, { ir: false }])('with SASL-IR: $ir', ({ ir }) => {
    it.each([...all, 'LOGIN' as const])('%s lets in, and nobody with a wrong secret', async (mechanism) => {
      const server = await start({ mechanisms: [mechanism], extensions: { 'SASL-IR': ir } })
      const credentialOf = mechanism.includes('OAUTH') ? aToken : aPassword
      const options = { mechanisms: [mechanism] }
      expect(await foldersOf(server, { ...options, credential: () => credentialOf() })).toEqual(['INBOX'])
      // Beyond ASCII, so that LOGIN goes by SASL as with the right one.
      const error = await refusal(server, { ...options, credential: () => credentialOf('wr0ng é') })
      expect(error).toMatchObject({ code: 'imap/login-refused', retryable: false })
      expect(tried(server)).toEqual([`${mechanism} accepted`, `${mechanism} refused`])
    })
  })

  it('takes the strongest, for the kind of credential that there is', async () => {
    const server = await start()
    await foldersOf(server, { credential: () => aPassword() })
    await foldersOf(server, { credential: () => aToken() })
    expect(tried(server)).toEqual(['SCRAM-SHA-256 accepted', 'OAUTHBEARER accepted'])
  })

  it('keeps to the order it is given', async () => {
    const server = await start()
    const mechanisms = ['GSSAPI', 'XOAUTH2', 'CRAM-MD5', 'PLAIN', 'LOGIN']
    await foldersOf(server, { mechanisms, password: () => password })
    await foldersOf(server, { mechanisms, credential: () => aToken() })
    expect(tried(server)).toEqual(['CRAM-MD5 accepted', 'XOAUTH2 accepted'])
  })

  it('goes on to the next when one is refused, but says no password twice', async () => {
    const server = await start({ mechanisms: ['CRAM-MD5', 'PLAIN', 'LOGIN'] })
    const refuse = { kind: 'refuse', command: 'AUTHENTICATE', status: 'NO', text: 'not for this user' } as const
    server.faults.add(refuse)
    await foldersOf(server, { password: () => password })
    expect(tried(server)).toEqual(['PLAIN accepted'])
    await refusal(server, { password: () => 'wr0ng' })
    expect(tried(server).slice(1)).toEqual(['CRAM-MD5 refused', 'PLAIN refused'])
  })

  it('tries one proof of a password, and all of them only if they are named', async () => {
    const server = await start()
    await refusal(server, { password: () => 'wr0ng' })
    expect(tried(server)).toEqual(['SCRAM-SHA-256 refused', 'PLAIN refused'])
    const mechanisms = ['SCRAM-SHA-256', 'CRAM-MD5']
    await refusal(server, { mechanisms, password: () => 'wr0ng' })
    expect(tried(server).slice(2)).toEqual(['SCRAM-SHA-256 refused', 'CRAM-MD5 refused'])
  })

  it('uses the LOGIN command where it may, and AUTH=LOGIN where it may not', async () => {
    const server = await start({ mechanisms: [] })
    await foldersOf(server, { password: () => password })
    expect(tried(server)).toEqual(['command accepted'])
    const greeting = '* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN] hello'
    const answers = new Map([
      ['AUTHENTICATE LOGIN', ['+ VXNlcm5hbWU6']],
      [btoa('demo'), ['+ UGFzc3dvcmQ6']],
      [Buffer.from(password).toString('base64'), ['$ OK [CAPABILITY IMAP4rev1] in']],
      ['LIST "" "*"', ['* LIST () "/" INBOX', '$ OK done']],
    ])
    expect(
      await foldersOf(await startScript([greeting], (line) => answers.get(line)), { password: () => password }),
    ).toEqual(['INBOX'])
  })

  it('says what is missing when there is no way in', async () => {
    const server = await start({ mechanisms: ['XOAUTH2'] })
    const mechanisms = ['GSSAPI', 'EXTERNAL', 'XOAUTH2', 'PLAIN']
    const error = await refusal(server, { mechanisms, password: () => password })
    expect(error).toMatchObject({ code: 'imap/no-login-method' })
    expect(error.message).toMatch(/GSSAPI needs a Kerberos library.*EXTERNAL needs TLS.*XOAUTH2 needs an access token/)
    expect(error.message).toMatch(/PLAIN is not offered; it offers AUTH=XOAUTH2/)
    expect(await refusal(server, { mechanisms: ['NTLM'] })).toMatchObject({ code: 'imap/unknown-mechanism' })
  })

  it('takes a Kerberos ticket to the end (GSSAPI)', async () => {
    let steps = 0
    const gssapi = () => ({
      step: (token: Uint8Array | undefined) => (++steps === 1 ? Buffer.from('ticket') : token?.subarray(0, 0)),
      get isComplete() {
        return steps > 1
      },
      unwrap: (message: Uint8Array) => message,
      wrap: (message: Uint8Array) => Buffer.concat([Buffer.from('signed'), message]),
    })
    const answers = new Map([
      [`AUTHENTICATE GSSAPI ${btoa('ticket')}`, [`+ ${btoa('back')}`]],
      ['', [`+ ${btoa('\x07\0\0\0')}`]],
      [btoa('signed\x01\0\0\0'), ['$ OK [CAPABILITY IMAP4rev1] in']],
      ['LIST "" "*"', ['* LIST () "/" INBOX', '$ OK done']],
    ])
    const greeting = '* OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=PLAIN SASL-IR] hello'
    const script = await startScript([greeting], (line) => answers.get(line))
    const credential = () => Promise.reject(new Error('asked for a password'))
    expect(await foldersOf(script, { gssapi, credential })).toEqual(['INBOX'])
  })

  it('goes on where there is no Kerberos ticket', async () => {
    const script = await startScript(['* OK [CAPABILITY IMAP4rev1 AUTH=GSSAPI AUTH=XOAUTH2] hello'])
    const gssapi = () => Promise.reject(new Error('No credentials cache found'))
    const error = await refusal(script, { gssapi, mechanisms: ['GSSAPI'] })
    expect(error.message).toContain('GSSAPI failed (No credentials cache found)')
  })
})

describe('a server that only pretends', () => {
  it('gets nothing weaker than what it failed at (SCRAM)', async () => {
    const server = await start()
    const line = (text: string) => (text.startsWith('+ dj') ? `+ ${btoa('v=AAAA')}` : text)
    server.faults.add({ kind: 'rewrite', command: 'AUTHENTICATE', line })
    const error = await refusal(server, { password: () => password })
    expect(error).toMatchObject({ code: 'imap/server-unproven' })
    expect(server.commands.map(({ text }) => text)).toEqual(['AUTHENTICATE SCRAM-SHA-256 [redacted]'])
  })

  it('is not believed when it skips the proof', async () => {
    const script = await startScript(['* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 AUTH=PLAIN SASL-IR] hello'])
    const error = await refusal(script, { password: () => password })
    expect(error).toMatchObject({ code: 'imap/server-unproven' })
    expect(script.lines).toHaveLength(1)
  })
})

describe('a credential', () => {
  it('that is refused is asked for once more, and then tried on a new connection', async () => {
    const server = await start()
    const asked: Omit<CredentialRequest, 'account'>[] = []
    const accepted: Credential[] = []
    const good = aToken()
    const folders = await foldersOf(server, {
      credential: (request) => {
        asked.push(request)
        return request.refused ? good : aToken('wr0ng')
      },
      accepted: (credential) => accepted.push(credential),
    })
    expect(folders).toEqual(['INBOX'])
    const request = { host: 'localhost', port: server.port, user: 'demo' }
    expect(asked).toEqual([
      { ...request, refused: false },
      { ...request, refused: true },
    ])
    expect(accepted).toEqual([good])
    expect(server.loginAttempts.map(({ connection }) => connection)).toEqual([1, 1, 2])
  })

  it('is not asked for a third time, nor tried twice', async () => {
    const server = await start({ mechanisms: ['PLAIN'] })
    let asked = 0
    const error = await refusal(server, { credential: () => aPassword(`wr0ng ${++asked}`) })
    expect(error.code).toBe('imap/login-refused')
    expect([asked, server.loginAttempts.length]).toEqual([2, 2])
    await refusal(server, { credential: () => aPassword('wr0ng') })
    expect(server.loginAttempts).toHaveLength(3)
  })

  it('is not asked for again when the server only wants patience', async () => {
    const server = await start()
    const text = '[UNAVAILABLE] later'
    server.faults.add({ kind: 'refuse', command: 'AUTHENTICATE', status: 'NO', text, times: Infinity })
    let asked = 0
    const error = await refusal(server, {
      credential: () => {
        asked++
        return aPassword()
      },
    })
    expect(error).toMatchObject({ code: 'imap/login-refused', retryable: true })
    expect([asked, server.commands.length]).toEqual([1, 1])
  })

  it('is not asked for again when it was not to blame', async () => {
    const asked: boolean[] = []
    const credential = ({ refused }: { readonly refused: boolean }) => {
      asked.push(refused)
      return aPassword()
    }
    await refusal(await startScript(['* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello']), { credential })
    const server = await start({ mechanisms: ['PLAIN'] })
    await refusal(server, { mechanisms: ['PLAIN'], credential, authorizationIdentity: 'nobody' })
    expect(asked).toEqual([false, false])
  })

  it('that is missing is an error of its own words', async () => {
    const server = await start()
    for (const options of [{}, { credential: () => undefined }, { password: () => '' }]) {
      const error = await refusal(server, options)
      expect(error).toMatchObject({ code: 'imap/login-refused' })
      expect(error.message).toContain('there is no password and no access token')
    }
    expect(server.loginAttempts).toEqual([])
  })

  it('may know whose it is', async () => {
    const server = await start()
    const credential = () => ({ ...aPassword(), user: 'demo' })
    expect(await foldersOf(server, { user: undefined, credential })).toEqual(['INBOX'])
    const nobody = await refusal(server, { user: undefined, credential: () => aPassword() })
    expect(nobody.message).toContain('needs a user name')
  })

  it('that fails to come ends the login as it failed', async () => {
    const failing = () => Promise.reject(new Error('the store is locked'))
    await expect(foldersOf(await start(), { credential: failing })).rejects.toThrow('the store is locked')
  })
})

describe('an access token', () => {
  it.each(['XOAUTH2', 'OAUTHBEARER'])('that expired is told apart (%s)', async (mechanism) => {
    const server = await start()
    const options = { mechanisms: [mechanism], credential: () => aToken() }
    await foldersOf(server, options)
    server.changeUser('demo', { accessToken: 'wr0ng' })
    const error = await refusal(server, options)
    expect(error.message).toMatch(/expired or is not valid \((401|invalid_token)\); the scope has to be https:/)
    expect(error.hint).toContain('mailtide login')
  })

  it('of the wrong person is told apart', async () => {
    const error = await refusal(await start(), { mechanisms: ['XOAUTH2'], credential: () => aToken('wr0ng') })
    expect(error.message).toContain("another user's (400)")
  })
})

describe('the mail of another', () => {
  it.each(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'XOAUTH2', 'OAUTHBEARER'])('is opened by %s', async (mechanism) => {
    const server = await start()
    const credential = () => (mechanism.includes('OAUTH') ? aToken() : aPassword())
    const options = { mechanisms: [mechanism], credential, authorizationIdentity: 'other' }
    expect(await foldersOf(server, options)).toEqual(['INBOX', 'only theirs'])
  })

  it('is not mistaken for one’s own where a mechanism cannot name it', async () => {
    const server = await start({ mechanisms: ['CRAM-MD5', 'LOGIN'] })
    const error = await refusal(server, { password: () => password, authorizationIdentity: 'other' })
    expect(error.message).toContain('CRAM-MD5 cannot open the mail of another')
    expect(server.loginAttempts).toEqual([])
  })

  it('stays closed to whom it is not allowed', async () => {
    const server = await start({ mechanisms: ['PLAIN'] })
    const options = { user: 'other', password: () => 'theirs', authorizationIdentity: 'demo' }
    expect((await refusal(server, options)).message).toContain('AUTHORIZATIONFAILED')
  })
})

describe('a client certificate', () => {
  it.each([{ tls: 'implicit', encryption: 'tls' } as const, { tls: 'starttls', encryption: 'starttls' } as const])(
    'logs in without a password ($encryption)',
    async ({ tls, encryption }) => {
      const server = await start({ tls })
      const { certificate: clientCertificate, key: clientKey } = server.clientCertificate
      const trusting = { encryption, certificateAuthorities: server.certificateAuthority }
      const never = () => Promise.reject(new Error('asked for a password'))
      const options = { ...trusting, clientCertificate, clientKey, credential: never }
      expect(await foldersOf(server, options)).toEqual(['INBOX'])
      const both = { ...trusting, clientCertificate: clientCertificate + clientKey, authorizationIdentity: 'other' }
      expect(await foldersOf(server, both)).toEqual(['INBOX', 'only theirs'])
      expect(tried(server)).toEqual(['EXTERNAL accepted', 'EXTERNAL accepted'])
    },
  )

  it('that cannot be read says so, and shows nothing of the key', async () => {
    const clientKey = '-----BEGIN PRIVATE KEY-----\nwr0ng\n-----END PRIVATE KEY-----\n'
    const server = await start({ tls: 'implicit' })
    const { certificate: clientCertificate } = server.clientCertificate
    const error = await refusal(server, { encryption: 'tls', clientCertificate, clientKey })
    expect(error).toMatchObject({ code: 'imap/client-certificate' })
  })
})

describe('the trace', () => {
  it.each(['OAUTHBEARER', 'XOAUTH2', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'])(
    'of %s shows what happened and nothing secret',
    async (mechanism) => {
      const lines: string[] = []
      for (const ir of [true, false]) {
        const server = await start({ extensions: { 'SASL-IR': ir } })
        const isToken = mechanism.includes('OAUTH')
        const options = { mechanisms: [mechanism], trace: (line: string) => lines.push(line) }
        await foldersOf(server, { ...options, credential: () => (isToken ? aToken() : aPassword()) })
        await refusal(server, { ...options, credential: () => (isToken ? aToken('wr0ng') : aPassword('wr0ng')) })
      }
      expect(lines.join('\n')).toContain(mechanism)
      const hidden = [password, token, 'wr0ng'].flatMap((secret) => [secret, Buffer.from(secret).toString('base64')])
      for (const secret of hidden) expect(lines.filter((line) => line.includes(secret))).toEqual([])
      // What is long enough to be base64 of a secret, and stands in a line of the login.
      const exchange = lines.filter((line) => /^[CS]: (\+ |AUTHENTICATE|[\w+/=]+$)/.test(line))
      expect(exchange.filter((line) => /[\w+/]{20,}={0,2}$/.test(line))).toEqual([])
    },
  )
})
