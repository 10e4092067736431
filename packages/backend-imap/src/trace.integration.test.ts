import { type Credential, createSecret } from '@mailtide/contracts'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import type { ImapOptions } from './options.ts'
import { startScript } from './testing/scripted-server.ts'

const signal = new AbortController().signal
const user = 'demo'
const password = 'p4ss "wörd" \\ of demo'
const token = 'ya29.token-of-demo'
const wrong = 'wr0ng "é"'

const credentialOf = (kind: Credential['kind'], text: string): Credential => ({ kind, secret: createSecret(text) })

/** The secrets in every form in which one of the mechanisms may say them. */
const forms = [password, token, wrong].flatMap((secret) => {
  const said = [
    secret,
    `\0${user}\0${secret}`,
    `user=${user}\x01auth=Bearer ${secret}\x01\x01`,
    `n,a=${user},\x01host=127.0.0.1\x01port=1\x01auth=Bearer ${secret}\x01\x01`,
    secret.replaceAll(/["\\]/g, '\\$&'),
    Buffer.from(secret).toString('latin1'),
  ]
  return said.flatMap((text) => [text, Buffer.from(text).toString('base64'), Buffer.from(text).toString('hex')])
})

it('the trace of every way to log in holds no secret in any form', async () => {
  const lines: string[] = []
  const trace = (line: string) => lines.push(line)
  const enter = async (port: number, options: Partial<ImapOptions>) => {
    const repository = createImapRepository({ host: '127.0.0.1', port, user, encryption: 'none', trace, ...options })
    onTestFinished(() => repository.close())
    await repository.survey(new Map(), signal)
  }
  const ways = [
    'SCRAM-SHA-256',
    'SCRAM-SHA-1',
    'CRAM-MD5',
    'PLAIN',
    'LOGIN',
    'XOAUTH2',
    'OAUTHBEARER',
    'command',
  ] as const
  for (const ir of [true, false]) {
    for (const way of ways) {
      const mechanisms: TestServerOptions['mechanisms'] = way === 'command' ? [] : [way]
      await using server = await startTestServer({
        users: [{ name: user, password, accessToken: token }],
        mechanisms,
        extensions: { 'SASL-IR': ir },
      })
      const kind = way.includes('OAUTH') ? 'access-token' : 'password'
      const right = kind === 'password' ? password : token
      const options = { mechanisms: [way === 'command' ? 'LOGIN' : way] }
      await enter(server.port, { ...options, credential: () => credentialOf(kind, right) })
      await expect(enter(server.port, { ...options, credential: () => credentialOf(kind, wrong) })).rejects.toThrow()
    }
  }
  // A password that fits into quotes goes in the line of the command itself.
  for (const text of ['simple', password]) {
    const parrot = await startScript(['* OK [CAPABILITY IMAP4rev1] hello'], (line) =>
      line.startsWith('LOGIN') && !line.endsWith('}')
        ? ['* NOTE you said', `$ NO you said ${line.slice(6)}`]
        : undefined,
    )
    await expect(enter(parrot.port, { password: () => text })).rejects.toThrow('[secret]')
    expect(parrot.lines.join('\n')).toContain('LOGIN')
  }

  expect(lines.length).toBeGreaterThan(100)
  for (const way of ways) expect(lines.join('\n')).toContain(way === 'command' ? 'LOGIN ' : `AUTHENTICATE ${way}`)
  const trail = [...forms, 'simple']
  for (const form of trail) expect(lines.filter((line) => line.includes(form))).toEqual([])
  // A challenge and its answer allow passwords to be guessed at leisure.
  expect(lines.filter((line) => /^[CS]: (\+ )?[\w+/]{16,}={0,2}$/.test(line))).toEqual([])
})
