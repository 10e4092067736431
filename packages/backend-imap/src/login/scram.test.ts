import { describe, expect, it } from 'vitest'
import type { Exchange, LoginFacts } from './mechanism.ts'
import { scram } from './scram.ts'

const facts: LoginFacts = {
  user: 'user',
  authorizationIdentity: '',
  secret: 'pencil',
  host: 'server.example.com',
  port: 993,
  nonce: () => 'nonce',
}

const text = (octets: Uint8Array | undefined) => Buffer.from(octets ?? []).toString()
const begin = async (digest: 'sha1' | 'sha256', some: Partial<LoginFacts>) => scram(digest).begin({ ...facts, ...some })
const say = async (exchange: Exchange, challenge: string) => text(await exchange.respond(Buffer.from(challenge)))

const vectors = [
  {
    rfc: 'RFC 5802, 5',
    digest: 'sha1',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    challenge: 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096',
    proof: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    signature: 'v=rmF9pqV8S7suAoZWja4dJRkFsKQ=',
  },
  {
    rfc: 'RFC 7677, 3',
    digest: 'sha256',
    nonce: 'rOprNGfwEbeRWgbNEkqO',
    challenge: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    proof: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    signature: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
  },
] as const

describe('scram', () => {
  it.each(vectors)('says what $rfc says', async ({ digest, nonce, challenge, proof, signature }) => {
    const exchange = await begin(digest, { nonce: () => nonce })
    expect(text(exchange.initial)).toBe(`n,,n=user,r=${nonce}`)
    expect(await say(exchange, challenge)).toBe(proof)
    expect(await say(exchange, signature)).toBe('')
    expect(() => exchange.finish?.()).not.toThrow()
  })

  it('names whose mail is wanted, with commas and equals signs escaped', async () => {
    const exchange = await begin('sha256', { user: 'a=b,c', authorizationIdentity: 'x,y' })
    expect(text(exchange.initial)).toBe('n,a=x=2Cy,n=a=3Db=2Cc,r=nonce')
    const proof = await say(exchange, 'r=nonce2,s=QSXCR+Q6sek8bf92,i=4096')
    expect(proof).toContain(`c=${Buffer.from('n,a=x=2Cy,').toString('base64')},`)
  })

  it.each([
    { why: 'another nonce', challenge: 'r=other,s=QSXCR+Q6sek8bf92,i=4096' },
    { why: 'no nonce of its own', challenge: 'r=nonce,s=QSXCR+Q6sek8bf92,i=4096' },
    { why: 'too little work', challenge: 'r=nonce2,s=QSXCR+Q6sek8bf92,i=1' },
    { why: 'too much work', challenge: 'r=nonce2,s=QSXCR+Q6sek8bf92,i=999999999' },
    { why: 'an extension it insists on', challenge: 'm=new,r=nonce2,s=QSXCR+Q6sek8bf92,i=4096' },
    { why: 'nonsense', challenge: '\xff' },
  ])('goes no further with $why', async ({ challenge }) => {
    await expect(say(await begin('sha1', {}), challenge)).rejects.toMatchObject({ code: 'imap/server-unproven' })
  })

  it('believes no server that cannot prove itself', async () => {
    const [{ challenge, nonce }] = vectors
    const exchange = await begin('sha1', { nonce: () => nonce })
    expect(() => exchange.finish?.()).toThrow(expect.objectContaining({ code: 'imap/server-unproven' }))
    await say(exchange, challenge)
    await expect(say(exchange, 'v=smF9pqV8S7suAoZWja4dJRkFsKQ=')).rejects.toMatchObject({
      code: 'imap/server-unproven',
    })
    expect(await say(exchange, 'e=invalid-proof')).toBe('')
    expect(() => exchange.finish?.()).toThrow(expect.objectContaining({ code: 'imap/server-unproven' }))
  })
})
