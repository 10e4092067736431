import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Mechanism } from '../options.ts'
import { outcome } from '../raw-answers.ts'
import type { RawClient } from '../raw-client.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

const users = [{ name: 'ann@example.org', password: 'pass word', accessToken: 'token' }]
const base64 = (text: string) => Buffer.from(text).toString('base64')

interface Secrets {
  readonly password: string
  readonly token: string
}

/** What a client answers to each challenge, with the right or a wrong secret. */
const answers: Record<Exclude<Mechanism, 'EXTERNAL'>, (secret: Secrets) => ((challenge: string) => string)[]> = {
  PLAIN: ({ password }) => [() => `\0ann@example.org\0${password}`],
  LOGIN: ({ password }) => [() => 'ann@example.org', () => password],
  'CRAM-MD5': ({ password }) => [
    (challenge) => `ann@example.org ${createHmac('md5', password).update(challenge).digest('hex')}`,
  ],
  'SCRAM-SHA-1': ({ password }) => scram('sha1', password),
  'SCRAM-SHA-256': ({ password }) => scram('sha256', password),
  XOAUTH2: ({ token }) => [() => `user=ann@example.org\x01auth=Bearer ${token}\x01\x01`, () => ''],
  OAUTHBEARER: ({ token }) => [() => `n,a=ann@example.org,\x01host=h\x01auth=Bearer ${token}\x01\x01`, () => '\x01'],
}

function scram(digest: 'sha1' | 'sha256', password: string): ((challenge: string) => string)[] {
  const first = 'n=ann@example.org,r=nonce'
  const hmac = (key: string | Buffer, text: string) => createHmac(digest, key).update(text).digest()
  let expected = ''
  return [
    () => `n,,${first}`,
    (challenge) => {
      const [, nonce, salt = '', rounds] = /^r=(nonce.+),s=(.+),i=(.+)$/.exec(challenge) ?? []
      const length = digest === 'sha1' ? 20 : 32
      const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(rounds), length, digest)
      const message = `${first},${challenge},c=biws,r=${nonce}`
      const key = hmac(salted, 'Client Key')
      const signature = hmac(createHash(digest).update(key).digest(), message)
      expected = `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`
      return `c=biws,r=${nonce},p=${Buffer.from(key.map((octet, index) => octet ^ signature[index]!)).toString('base64')}`
    },
    (final) => (final === expected ? '' : '*'),
  ]
}

async function authenticate(client: RawClient, mechanism: keyof typeof answers, secret: Secrets) {
  client.send(`a AUTHENTICATE ${mechanism}\r\n`)
  for (const answer of answers[mechanism](secret)) {
    const challenge = await client.next()
    if (!challenge?.startsWith('+')) return challenge?.slice(2, 4)
    client.send(`${base64(answer(Buffer.from(challenge.slice(2), 'base64').toString()))}\r\n`)
  }
  return (await client.next())?.slice(2, 4)
}

describe.each(Object.keys(answers) as (keyof typeof answers)[])('AUTHENTICATE %s', (mechanism) => {
  it('lets in with the right secret, and not with a wrong one', async () => {
    const server = await startForTest({ users })
    const client = await openTestClient(server)
    expect(await authenticate(client, mechanism, { password: 'wrong', token: 'wrong' })).toBe('NO')
    const other = await openTestClient(server)
    expect(await authenticate(other, mechanism, { password: 'pass word', token: 'token' })).toBe('OK')
    expect(server.loginAttempts.map(({ user, outcome }) => `${user} ${outcome}`)).toEqual([
      'ann@example.org refused',
      'ann@example.org accepted',
    ])
  })

  it('is there only if offered', async () => {
    const server = await startForTest({ users, mechanisms: [] })
    const client = await openTestClient(server)
    expect(client.greeting).not.toContain(`AUTH=${mechanism}`)
    expect(outcome(await client.run(`AUTHENTICATE ${mechanism}`))).toBe('NO CANNOT')
  })
})

describe('AUTHENTICATE', () => {
  it('takes the first answer along with the command (RFC 4959)', async () => {
    const client = await openTestClient(await startForTest({ users }))
    const answer = await client.run(`AUTHENTICATE PLAIN ${base64('\0ann@example.org\0pass word')}`)
    expect(answer).toMatchObject({ status: 'OK' })
  })

  it('can be given up', async () => {
    const server = await startForTest({ users })
    const client = await openTestClient(server)
    client.send('a AUTHENTICATE PLAIN\r\n*\r\n')
    expect(await client.next()).toBe('+ ')
    expect(await client.next()).toMatch(/^a BAD/)
    expect(server.loginAttempts).toEqual([{ connection: 1, mechanism: 'PLAIN', user: '', outcome: 'abandoned' }])
  })

  it('opens the mail of others to whom it is allowed', async () => {
    const boss = { name: 'boss', password: 'b', mayActFor: ['ann@example.org'] }
    const server = await startForTest({ users: [...users, boss] })
    server.account('ann@example.org').create('hers')
    const client = await openTestClient(server)
    const forHer = `AUTHENTICATE PLAIN ${base64('ann@example.org\0boss\0b')}`
    expect(await client.run(forHer)).toMatchObject({ status: 'OK' })
    expect((await client.run('LIST "" hers')).untagged).toHaveLength(1)
    const other = await openTestClient(server)
    const forHim = `AUTHENTICATE PLAIN ${base64('boss\0ann@example.org\0pass word')}`
    expect(outcome(await other.run(forHim))).toBe('NO AUTHORIZATIONFAILED')
  })

  it('takes whom a certificate names, and nobody without one (EXTERNAL)', async () => {
    const server = await startForTest({ tls: 'implicit' })
    const { host, port, certificateAuthority: authority } = server
    const client = await openTestClient({ host, port, authority, client: server.clientCertificate })
    expect(await client.run('AUTHENTICATE EXTERNAL =')).toMatchObject({ status: 'OK' })
    const nobody = await openTestClient({ host, port, authority })
    expect(outcome(await nobody.run('AUTHENTICATE EXTERNAL ='))).toBe('NO AUTHENTICATIONFAILED')
    expect((await openTestClient(await startForTest())).greeting).not.toContain('EXTERNAL')
  })

  it('says of a token whether it was good once', async () => {
    const server = await startForTest({ users })
    const challengeTo = async (token: string) => {
      const client = await openTestClient(server)
      client.send(`a AUTHENTICATE XOAUTH2 ${base64(`user=ann@example.org\x01auth=Bearer ${token}\x01\x01`)}\r\n`)
      const answer = (await client.next()) ?? ''
      return answer.startsWith('+') ? JSON.parse(Buffer.from(answer.slice(2), 'base64').toString()).status : 'none'
    }
    expect(await challengeTo('token')).toBe('none')
    server.changeUser('ann@example.org', { accessToken: 'next' })
    expect(await Promise.all(['token', 'never', 'next'].map(challengeTo))).toEqual(['401', '400', 'none'])
  })
})
