import { createHash, X509Certificate } from 'node:crypto'
import type { SecureVersion } from 'node:tls'
import type { MailtideError } from '@mailtide/contracts'
import { startTestServer } from '@mailtide/test-server'
import { type DovecotServer, dovecotAvailability, startDovecot } from '@mailtide/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startTls } from './testing/start-tls.ts'

const signal = new AbortController().signal

async function knock(port: number, options: Partial<ImapOptions>): Promise<number> {
  const repository = createImapRepository({
    host: 'localhost',
    port,
    user: 'demo',
    password: () => 'demo',
    encryption: 'tls',
    ...options,
  })
  onTestFinished(() => repository.close())
  return (await repository.survey(new Map(), signal)).length
}

async function refusal(port: number, options: Partial<ImapOptions>): Promise<MailtideError> {
  const error = await knock(port, options).then(
    () => Promise.reject(new Error('nobody was refused')),
    (thrown: MailtideError) => thrown,
  )
  expect(error).toMatchObject({ name: 'MailtideError', scope: 'account', retryable: false })
  return error
}

const digestOf = (pem: string, digest = 'sha256') =>
  createHash(digest).update(new X509Certificate(pem).raw).digest('hex')

describe('versions of TLS', () => {
  const only = (version: SecureVersion) =>
    startTls({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT:@SECLEVEL=0' })

  it.each([
    { server: 'TLSv1.2', limits: {} },
    { server: 'TLSv1.2', limits: { minTlsVersion: 'TLSv1.2', maxTlsVersion: 'TLSv1.2' } },
    { server: 'TLSv1.3', limits: { minTlsVersion: 'TLSv1.3' } },
    { server: 'TLSv1.1', limits: { minTlsVersion: 'TLSv1.1' } },
    { server: 'TLSv1', limits: { minTlsVersion: 'TLSv1', maxTlsVersion: 'TLSv1' } },
    { server: 'TLSv1', limits: { maxTlsVersion: 'TLSv1' } },
  ] as const)('a server with $server alone is reached with $limits', async ({ server, limits }) => {
    const { port, certificate } = await only(server)
    expect(await knock(port, { fingerprints: [digestOf(certificate)], ...limits })).toBe(1)
  })

  it.each([
    { server: 'TLSv1.1', limits: {}, allowed: 'TLSv1.2 to TLSv1.3' },
    { server: 'TLSv1.2', limits: { minTlsVersion: 'TLSv1.3' }, allowed: 'TLSv1.3 alone' },
    { server: 'TLSv1.3', limits: { maxTlsVersion: 'TLSv1.2' }, allowed: 'TLSv1.2 alone' },
  ] as const)(
    'a server with $server alone is told of where $allowed is allowed',
    async ({ server, limits, allowed }) => {
      const { port, certificate, behind } = await only(server)
      const error = await refusal(port, { fingerprints: [digestOf(certificate)], ...limits })
      expect(error).toMatchObject({ code: 'imap/tls-version', message: expect.stringContaining(`(${allowed})`) })
      expect(error.hint).toMatch(/ssl_version.*tls_level/)
      expect(behind.commands).toEqual([])
    },
  )

  it('hold for STARTTLS as well', async () => {
    await using server = await startTestServer({ tls: 'starttls' })
    const { certificateAuthority: certificateAuthorities, port } = server
    const lines: string[] = []
    const trace = (line: string) => lines.push(line)
    expect(await knock(port, { encryption: 'starttls', certificateAuthorities, maxTlsVersion: 'TLSv1.2', trace })).toBe(
      1,
    )
    // Node's server takes no TLS 1.1 unless told.
    const old = { encryption: 'starttls', certificateAuthorities, maxTlsVersion: 'TLSv1.1' } as const
    expect(await refusal(port, old)).toMatchObject({ code: 'imap/tls-version' })
  })
})

describe('what a server is called', () => {
  it.each([
    { host: 'localhost', name: 'localhost' },
    { host: '127.0.0.1', name: undefined },
  ])('in TLS to $host', async ({ host, name }) => {
    const { port, certificate, names } = await startTls()
    await knock(port, { host, fingerprints: [digestOf(certificate)] })
    expect(names).toEqual([name])
  })

  it('by its address is checked as well', async () => {
    await using server = await startTestServer({ tls: 'implicit' })
    const { certificateAuthority: certificateAuthorities, port } = server
    expect(await knock(port, { host: '127.0.0.1', certificateAuthorities })).toBe(1)
  })
})

describe('a certificate that does not pass', () => {
  it.each([
    { tls: 'implicit', encryption: 'tls' },
    { tls: 'starttls', encryption: 'starttls' },
  ] as const)(
    'is named by its fingerprint, in the words of the configuration ($encryption)',
    async ({ tls, encryption }) => {
      await using server = await startTestServer({ tls })
      const unknown = await refusal(server.port, { encryption })
      const line = /cert_fingerprint = ([\da-f]{64})$/
      const [, fingerprint = ''] = line.exec(unknown.hint ?? '') ?? []
      expect(unknown.code).toBe('imap/tls')
      expect(unknown.hint).toContain('sslcacertfile')
      expect(await knock(server.port, { encryption, fingerprints: [fingerprint] })).toBe(1)

      const mismatch = await refusal(server.port, { encryption, fingerprints: ['00'.repeat(32)] })
      expect(mismatch.message).toContain(`SHA-256 ${fingerprint}`)
      expect(mismatch.hint).toMatch(new RegExp(`write: cert_fingerprint = ${fingerprint}$`))
    },
  )

  it('shows also the digest that was configured', async () => {
    const { port, certificate } = await startTls()
    const error = await refusal(port, { fingerprints: ['AB'.repeat(20), 'cd'.repeat(64)] })
    expect(error.message).toContain(`SHA-1 ${digestOf(certificate, 'sha1')}`)
    expect(error.message).toContain(`SHA-512 ${digestOf(certificate, 'sha512')}`)
    expect(error.message).toContain(`SHA-256 ${digestOf(certificate)}`)
  })

  it('for another name is not offered as an alternative', async () => {
    await using server = await startTestServer({ tls: 'implicit' })
    const { certificateAuthority: certificateAuthorities, port } = server
    const error = await refusal(port, { host: '127.1', certificateAuthorities })
    expect(error.message).toContain('another host name')
    expect(error.hint).not.toContain('cert_fingerprint = ')
  })
})

describe('Dovecot', () => {
  let dovecot: DovecotServer | undefined
  let missing = ''

  beforeAll(async () => {
    const availability = await dovecotAvailability()
    if (!availability.ok) missing = availability.reason
    else dovecot = await startDovecot({ settings: 'ssl_min_protocol = TLSv1.2' })
    await dovecot?.addUser('demo', 'demo')
    if (dovecot && !dovecot.tls) missing = 'there is no openssl to make a certificate'
  })
  afterAll(() => dovecot?.close())

  it('is taken by each kind of fingerprint, and by its authority', async (context) => {
    if (!dovecot?.tls) return context.skip(missing)
    const { port, ca: certificateAuthorities } = dovecot.tls
    const unknown = await refusal(port, {})
    const [, fingerprint = ''] = /cert_fingerprint = (\w+)$/.exec(unknown.hint ?? '') ?? []
    expect(await knock(port, { fingerprints: [fingerprint.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:')] })).toBe(1)
    for (const length of [40, 56, 96, 128]) {
      const { message } = await refusal(port, { fingerprints: ['0'.repeat(length)] })
      const found = new RegExp(`\\b[\\da-f]{${length}}\\b`).exec(message)?.[0] ?? ''
      expect(await knock(port, { fingerprints: [found] })).toBe(1)
    }
    expect(await knock(port, { certificateAuthorities, fingerprints: [fingerprint] })).toBe(1)
    expect(await knock(dovecot.port, { certificateAuthorities, encryption: 'starttls' })).toBe(1)
  })

  it('of newer TLS alone is told of', async (context) => {
    if (!dovecot?.tls) return context.skip(missing)
    const { port, ca: certificateAuthorities } = dovecot.tls
    expect(await knock(port, { certificateAuthorities, maxTlsVersion: 'TLSv1.2' })).toBe(1)
    await expect(knock(port, { certificateAuthorities, maxTlsVersion: 'TLSv1.1' })).rejects.toMatchObject({
      code: expect.stringMatching(/^imap\/tls/),
      hint: expect.stringContaining('ssl_version'),
    })
  })
})
