import { createHash, type X509Certificate } from 'node:crypto'
import { connect as connectTls } from 'node:tls'
import type { MailtideError } from '@mailtide/contracts'
import { startTestServer, type TestServer, type TestServerOptions } from '@mailtide/test-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startScript } from './testing/scripted-server.ts'

const signal = new AbortController().signal
const password = 'p4ss "word"'

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer({ users: [{ name: 'demo', password }], ...options })
  onTestFinished(() => server.close())
  return server
}

function optionsFor(server: { readonly port: number }, options: Partial<ImapOptions> = {}): ImapOptions {
  return {
    host: 'localhost',
    port: server.port,
    user: 'demo',
    password: () => password,
    encryption: 'none',
    ...options,
  }
}

async function knock(options: ImapOptions) {
  const repository = createImapRepository(options)
  onTestFinished(() => repository.close())
  return repository.survey(new Map(), signal)
}

async function refusal(options: ImapOptions): Promise<MailtideError> {
  const error = await knock(options).then(
    () => Promise.reject(new Error('nobody was refused')),
    (thrown: MailtideError) => thrown,
  )
  expect(error.name).toBe('MailtideError')
  expect(error.scope).toBe('account')
  const told = [error.message, error.hint, String(error.cause), error.stack, JSON.stringify(error)].join()
  expect(told).not.toContain(password)
  expect(told).not.toContain(Buffer.from(`\0demo\0${password}`).toString('base64'))
  return error
}

async function fingerprintOf(server: TestServer, digest: string): Promise<string> {
  const socket = connectTls({ host: 'localhost', port: server.port, ca: server.certificateAuthority })
  await new Promise((resolve, reject) => socket.once('secureConnect', () => resolve(undefined)).once('error', reject))
  const raw = (socket.getPeerX509Certificate() as X509Certificate).raw
  socket.destroy()
  return createHash(digest).update(raw).digest('hex')
}

describe('logging in', () => {
  it.each<{ why: string; options: TestServerOptions }>([
    { why: 'with a login in one round trip', options: {} },
    { why: 'without SASL-IR', options: { extensions: { 'SASL-IR': false } } },
    { why: 'with LOGIN alone', options: { mechanisms: [] } },
    { why: 'with AUTH=LOGIN alone', options: { mechanisms: ['LOGIN'] } },
  ])('works on a server $why', async ({ options }) => {
    expect(await knock(optionsFor(await start(options)))).toHaveLength(1)
  })

  it('costs one command before the first of ours', async () => {
    const server = await start()
    await knock(optionsFor(server))
    expect(server.commands.map(({ name }) => name)).toEqual(['AUTHENTICATE', 'ID', 'ENABLE', 'LIST'])
  })

  it('asks for the password each time, and touches nothing before', async () => {
    const server = await start()
    let asked = 0
    const repository = createImapRepository(
      optionsFor(server, {
        password: async () => {
          asked++
          return password
        },
      }),
    )
    expect([asked, server.connections]).toEqual([0, 0])
    await repository.survey(new Map(), signal)
    server.disconnect()
    await Promise.allSettled([repository.survey(new Map(), signal)])
    await repository.survey(new Map(), signal)
    expect(asked).toBe(2)
    await repository.close()
  })

  it.each([{ mechanisms: ['PLAIN'] as const }, { mechanisms: [] }])('that is refused says so', async (options) => {
    const error = await refusal(optionsFor(await start(options), { password: () => `not ${password}` }))
    expect(error).toMatchObject({ code: 'imap/login-refused', retryable: false })
    expect(error.message).toContain('Authentication failed')
  })

  it('says when there is no password', async () => {
    expect(await refusal(optionsFor(await start(), { password: () => '' }))).toMatchObject({
      code: 'imap/login-refused',
    })
  })

  it('says when the server lets no one log in', async () => {
    const server = await startScript(['* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello'])
    const error = await refusal(optionsFor(server))
    expect(error).toMatchObject({ code: 'imap/login-refused', message: expect.stringContaining('LOGINDISABLED') })
  })

  it('keeps the password out of the trace', async () => {
    const lines: string[] = []
    for (const mechanisms of [['PLAIN'], ['LOGIN'], []] as const) {
      const server = await start({ mechanisms, extensions: { 'SASL-IR': mechanisms.length > 1 } })
      await knock(optionsFor(server, { trace: (line) => lines.push(line) }))
      const wrong = optionsFor(server, { trace: (line) => lines.push(line), password: () => 'wr0ng' })
      await refusal(wrong)
    }
    expect(lines.length).toBeGreaterThan(10)
    const secrets = [password, 'wr0ng', `\0demo\0${password}`].flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64'),
      secret.replaceAll('"', '\\"'),
    ])
    for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([])
  })
})

describe('reaching a server', () => {
  it('says when nobody listens', async () => {
    const server = await startTestServer()
    await server.close()
    const error = await refusal(optionsFor(server))
    expect(error).toMatchObject({ code: 'imap/unreachable', retryable: true })
    expect(error.message).toContain(`localhost:${server.port}`)
  })

  it('says when there is no such name', async () => {
    const error = await refusal(optionsFor({ port: 1 }, { host: 'nowhere.invalid' }))
    expect(error).toMatchObject({ code: 'imap/unreachable', message: expect.stringContaining('nowhere.invalid:1') })
  })

  it('does not wait for a greeting for ever', async () => {
    const server = await startScript([])
    expect(await refusal(optionsFor(server, { timeout: 0.1 }))).toMatchObject({ code: 'imap/timeout', retryable: true })
  })

  it('says when the server hangs up, and why', async () => {
    const error = await refusal(optionsFor(await startScript(['* BYE too busy'])))
    expect(error).toMatchObject({ code: 'imap/connection-lost', retryable: true })
    expect(error.message).toContain('too busy')
  })

  it('gives up when it is told to', async () => {
    const server = await startScript([])
    const repository = createImapRepository(optionsFor(server))
    const impatience = new AbortController()
    const survey = repository.survey(new Map(), impatience.signal)
    setTimeout(() => impatience.abort(new Error('enough')), 50)
    await expect(survey).rejects.toThrow('enough')
    await repository.close()
  })
})

describe('encryption', () => {
  it.each([{ tls: 'implicit', encryption: 'tls' } as const, { tls: 'starttls', encryption: 'starttls' } as const])(
    'by $encryption works with the right authority, and with no other',
    async ({ tls, encryption }) => {
      const server = await start({ tls })
      const { certificateAuthority } = server
      expect(
        await knock(optionsFor(server, { encryption, certificateAuthorities: certificateAuthority })),
      ).toHaveLength(1)
      const asked = server.commands.length
      const error = await refusal(optionsFor(server, { encryption }))
      expect(error).toMatchObject({ code: 'imap/tls', message: expect.stringContaining('not trusted') })
      expect(error.hint).toMatch(/sslcacertfile.*cert_fingerprint/)
      const names = server.commands.slice(asked).map(({ name }) => name)
      expect(names.filter((name) => name === 'AUTHENTICATE' || name === 'LOGIN')).toEqual([])
    },
  )

  it('wants the name on the certificate', async () => {
    const server = await start({ tls: 'implicit' })
    // Another name of 127.0.0.1.
    const options = { encryption: 'tls', certificateAuthorities: server.certificateAuthority, host: '127.1' } as const
    expect(await refusal(optionsFor(server, options))).toMatchObject({
      code: 'imap/tls',
      message: expect.stringContaining('another host name'),
    })
  })

  it.each(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('takes a %s fingerprint for proof', async (digest) => {
    const server = await start({ tls: 'implicit' })
    const fingerprint = await fingerprintOf(server, digest)
    const wrong = fingerprint.replaceAll(/[0-7]/g, 'f')
    expect(await knock(optionsFor(server, { encryption: 'tls', fingerprints: [wrong, fingerprint] }))).toHaveLength(1)
    const error = await refusal(optionsFor(server, { encryption: 'tls', fingerprints: [wrong] }))
    expect(error).toMatchObject({ code: 'imap/tls', message: expect.stringContaining(fingerprint) })
    expect(server.commands.filter(({ name }) => name === 'AUTHENTICATE')).toHaveLength(1)
  })

  it('wants both, where an authority and a fingerprint are given', async () => {
    const server = await start({ tls: 'starttls' })
    const fingerprints = ['ab'.repeat(32)]
    const { certificateAuthority: certificateAuthorities } = server
    const options = { encryption: 'starttls', fingerprints, certificateAuthorities } as const
    expect(await refusal(optionsFor(server, options))).toMatchObject({ code: 'imap/tls' })
  })

  it('is never done without where STARTTLS is asked for', async () => {
    const server = await start()
    expect(await refusal(optionsFor(server, { encryption: 'starttls' }))).toMatchObject({
      code: 'imap/starttls-missing',
    })
    expect(server.commands.filter(({ name }) => /AUTH|LOGIN/.test(name))).toEqual([])
    const eager = await startScript(['* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome'])
    expect(await refusal(optionsFor(eager, { encryption: 'starttls' }))).toMatchObject({
      code: 'imap/starttls-missing',
    })
  })

  it('says when the other end speaks no TLS', async () => {
    expect(await refusal(optionsFor(await start(), { encryption: 'tls', timeout: 2 }))).toMatchObject({
      code: 'imap/tls',
    })
  })

  it('may be compressed', async () => {
    const server = await start({ tls: 'implicit' })
    const authority = { encryption: 'tls', certificateAuthorities: server.certificateAuthority } as const
    expect(await knock(optionsFor(server, { ...authority, compression: true }))).toHaveLength(1)
    expect(server.commands.map(({ name }) => name)).toContain('COMPRESS')
  })
})
