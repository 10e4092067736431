import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Mechanism } from '../options.ts'
import { outcome } from '../raw-answers.ts'
import type { RawClient } from '../raw-client.ts'
import { openTestClient, startForTest } from '../start-for-test.ts'

const users = [{ name: 'ann@example.org', password: 'pass word', accessToken: 'token' }]
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** What a client answers to each challenge, with the right or a wrong secret. */
const answers: Record<Mechanism, (secret: { password: string; token: string }) => ((challenge: string) => string)[]> = {
  PLAIN: ({ password }) => [() => `\0ann@example.org\0${password}`],
  LOGIN: ({ password }) => [() => 'ann@example.org', () => password],
  'CRAM-MD5': ({ password }) => [
    (challenge) => `ann@example.org ${createHmac('md5', password).update(challenge).digest('hex')}`,
  ],
  XOAUTH2: ({ token }) => [() => `user=ann@example.org\x01auth=Bearer ${token}\x01\x01`, () => ''],
  OAUTHBEARER: ({ token }) => [() => `n,a=ann@example.org,\x01host=h\x01auth=Bearer ${token}\x01\x01`, () => '\x01'],
}

async function authenticate(client: RawClient, mechanism: Mechanism, secret: { password: string; token: string }) {
  client.send(`a AUTHENTICATE ${mechanism}\r\n`)
  for (const answer of answers[mechanism](secret)) {
    const challenge = await client.next()
    if (!challenge?.startsWith('+')) return challenge?.slice(2, 4)
    client.send(`${base64(answer(Buffer.from(challenge.slice(2), 'base64').toString()))}\r\n`)
  }
  return (await client.next())?.slice(2, 4)
}

describe.each(Object.keys(answers) as Mechanism[])('AUTHENTICATE %s', (mechanism) => {
  it('lets in with the right secret, and not with a wrong one', async () => {
    const server = await startForTest({ users })
    const client = await openTestClient(server)
    expect(await authenticate(client, mechanism, { password: 'wrong', token: 'wrong' })).toBe('NO')
    const other = await openTestClient(server)
    expect(await authenticate(other, mechanism, { password: 'pass word', token: 'token' })).toBe('OK')
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
    const client = await openTestClient(await startForTest({ users }))
    client.send('a AUTHENTICATE PLAIN\r\n*\r\n')
    expect(await client.next()).toBe('+ ')
    expect(await client.next()).toMatch(/^a BAD/)
  })
})
