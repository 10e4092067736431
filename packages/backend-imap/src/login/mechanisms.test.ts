import { describe, expect, it } from 'vitest'
import type { ImapOptions } from '../options.ts'
import { authLogin } from './auth-login.ts'
import { cramMd5 } from './cram-md5.ts'
import { external } from './external.ts'
import { type GssapiSteps, gssapi } from './gssapi.ts'
import type { Exchange, LoginFacts, Mechanism } from './mechanism.ts'
import { wantedMechanisms } from './mechanisms.ts'
import { oauthbearer } from './oauthbearer.ts'
import { plain } from './plain.ts'
import { xoauth2 } from './xoauth2.ts'

const facts: LoginFacts = {
  user: 'user@example.com',
  authorizationIdentity: '',
  secret: 'secret',
  host: 'server.example.com',
  port: 143,
  nonce: () => '',
}

const begin = async (mechanism: Mechanism, some: Partial<LoginFacts>): Promise<Exchange> =>
  mechanism.begin({ ...facts, ...some })
const text = (octets: Uint8Array | undefined) => Buffer.from(octets ?? []).toString()
const say = async (exchange: Exchange, challenge: string) => text(await exchange.respond(Buffer.from(challenge)))

describe('PLAIN', () => {
  // RFC 4616, 4
  it.each([
    { user: 'tim', secret: 'tanstaaftanstaaf', authorizationIdentity: '', message: '\0tim\0tanstaaftanstaaf' },
    { user: 'Kurt', secret: 'xipj3plmq', authorizationIdentity: 'Ursel', message: 'Ursel\0Kurt\0xipj3plmq' },
  ])('says it all at once: $user', async ({ message, ...some }) => {
    expect(text((await begin(plain, some)).initial)).toBe(message)
  })

  it('objects to octets of value 0', () => {
    expect(plain.objection?.({ ...facts, secret: 'a\0b' })).toContain('value 0')
    expect(plain.objection?.(facts)).toBeUndefined()
  })
})

describe('LOGIN', () => {
  it('gives the name, then the password, whatever the questions are', async () => {
    const exchange = await begin(authLogin, {})
    expect(exchange.initial).toBeUndefined()
    expect(await say(exchange, 'Username:')).toBe('user@example.com')
    expect(await say(exchange, '')).toBe('secret')
    expect(await say(exchange, 'more?')).toBe('')
  })
})

describe('CRAM-MD5', () => {
  it('says what RFC 2195, 2 says', async () => {
    const exchange = await begin(cramMd5, { user: 'tim', secret: 'tanstaaftanstaaf' })
    expect(exchange.initial).toBeUndefined()
    const answer = await say(exchange, '<1896.697170952@postoffice.reston.mci.net>')
    expect(answer).toBe('tim b913a602c7eda7a495b4e6e7334d3890')
  })
})

describe('EXTERNAL', () => {
  it.each(['', 'fred@example.com'])('names only whose mail is wanted: %o', async (authorizationIdentity) => {
    expect(text((await begin(external, { authorizationIdentity })).initial)).toBe(authorizationIdentity)
  })
})

describe('XOAUTH2', () => {
  it('says what the documentation of Gmail says', async () => {
    const exchange = await begin(xoauth2, {
      user: 'someuser@example.com',
      secret: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg',
    })
    expect(Buffer.from(exchange.initial ?? []).toString('base64')).toBe(
      'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
    )
    expect(await say(exchange, '{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}')).toBe('')
    expect(exchange.complaint?.()).toBe(
      'the access token has expired or is not valid (401); the scope has to be https://mail.google.com/',
    )
  })

  it.each([
    { challenge: '{"status":"400"}', complaint: "the access token is not valid, or is another user's (400)" },
    {
      challenge: '{"status":"insufficient_scope"}',
      complaint: 'the access token does not allow this (insufficient_scope)',
    },
    { challenge: '{"status":"invalid_request"}', complaint: 'the access token was not taken (invalid_request)' },
    { challenge: '{"status":"ten\\u0007"}', complaint: undefined },
    { challenge: 'null', complaint: undefined },
    { challenge: 'not JSON', complaint: undefined },
  ])('understands $challenge', async ({ challenge, complaint }) => {
    const exchange = await begin(xoauth2, {})
    await say(exchange, challenge)
    expect(exchange.complaint?.()).toBe(complaint)
  })

  it('objects to what would end its fields', () => {
    expect(xoauth2.objection?.({ ...facts, secret: 'token\x01auth=Bearer other' })).toContain('control characters')
  })
})

describe('OAUTHBEARER', () => {
  it('says what RFC 7628, 4.1 and 4.3 say', async () => {
    const token = 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=='
    const exchange = await begin(oauthbearer, { secret: token })
    expect(Buffer.from(exchange.initial ?? []).toString('base64')).toBe(
      'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
    )
    expect(await say(exchange, '{"status":"invalid_token","scope":"example_scope"}')).toBe('\x01')
    expect(exchange.complaint?.()).toContain('(invalid_token)')
  })
})

describe('GSSAPI', () => {
  /** A context that asks one thing back, and signs by turning around. */
  function contextOf(layers: number): GssapiSteps & { readonly said: string[] } {
    const said: string[] = []
    let steps = 0
    return {
      said,
      step(token) {
        said.push(text(token))
        return ++steps === 1 ? Buffer.from('ticket') : undefined
      },
      get isComplete() {
        return steps > 1
      },
      unwrap: () => Uint8Array.of(layers, 0, 0, 0),
      wrap: (message) => Buffer.from(message).reverse(),
    }
  }

  it('hands the tokens on, and wants no security layer (RFC 4752, 3.1)', async () => {
    const context = contextOf(7)
    let service = ''
    const mechanism = gssapi((name) => {
      service = name
      return context
    })
    const exchange = await begin(mechanism, { authorizationIdentity: 'ann' })
    expect(service).toBe('imap@server.example.com')
    expect(text(exchange.initial)).toBe('ticket')
    expect(await say(exchange, 'ticket back')).toBe('')
    expect(() => exchange.finish?.()).toThrow('before the exchange was over')
    expect(await say(exchange, 'layers')).toBe('nna\0\0\0\x01')
    expect(() => exchange.finish?.()).not.toThrow()
    expect(context.said).toEqual(['', 'ticket back'])
  })

  it('gives up where the server insists on a layer', async () => {
    const exchange = await begin(
      gssapi(() => contextOf(4)),
      {},
    )
    await say(exchange, 'ticket back')
    await expect(say(exchange, 'layers')).rejects.toThrow('security layer')
  })
})

describe('wantedMechanisms', () => {
  const options: ImapOptions = { host: 'h', port: 993, user: 'u', encryption: 'tls' }
  const names = (some: Partial<ImapOptions>) => wantedMechanisms({ ...options, ...some }).map(([name]) => name)

  it('has the strongest first, and only what can be had', () => {
    const usual = ['OAUTHBEARER', 'XOAUTH2', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN']
    expect(names({})).toEqual(usual)
    expect(names({ clientCertificate: 'pem', gssapi: () => Promise.reject() })).toEqual([
      'GSSAPI',
      'EXTERNAL',
      ...usual,
    ])
    expect(names({ clientCertificate: 'pem', encryption: 'none' })).toEqual(usual)
  })

  it('takes the list of OfflineIMAP, and says why GSSAPI cannot be had', () => {
    const list = ['GSSAPI', 'XOAUTH2', 'cram-md5', ' PLAIN', 'LOGIN', 'LOGIN']
    expect(names({ mechanisms: list })).toEqual(['GSSAPI', 'XOAUTH2', 'CRAM-MD5', 'PLAIN', 'LOGIN'])
    expect(wantedMechanisms({ ...options, mechanisms: list })[0]?.[1]).toContain('Kerberos library')
  })

  it('knows no others', () => {
    expect(() => names({ mechanisms: ['PLAIM'] })).toThrow(
      expect.objectContaining({ code: 'imap/unknown-mechanism', hint: expect.stringContaining('PLAIN') }),
    )
  })
})
