import { createHmac, randomBytes } from 'node:crypto'
import type { UserAccount } from '../session/session.ts'

/** One run of a SASL mechanism. */
export interface Exchange {
  readonly users: ReadonlyMap<string, UserAccount>
  /** What the client sent along with the command (RFC 4959). */
  readonly initial: string | undefined
  /** Sends a challenge and answers the client's response. */
  ask(challenge: string): Promise<string>
}

/** Finds out who logs in; undefined if the credentials are wrong. */
export type MechanismRun = (exchange: Exchange) => Promise<UserAccount | undefined>

/** How each mechanism goes. */
export const mechanismTable: Readonly<Record<string, MechanismRun>> = {
  // RFC 4616
  async PLAIN({ users, initial, ask }) {
    const [, name, password] = (initial ?? (await ask(''))).split('\0')
    return withPassword(users, name, password)
  },
  async LOGIN({ users, initial, ask }) {
    const name = initial ?? (await ask('Username:'))
    return withPassword(users, name, await ask('Password:'))
  },
  // RFC 2195
  async 'CRAM-MD5'({ users, ask }) {
    const challenge = `<${randomBytes(8).toString('hex')}@localhost>`
    const response = await ask(challenge)
    const found = users.get(response.slice(0, response.lastIndexOf(' ')))
    const digest = found && createHmac('md5', found.user.password).update(challenge).digest('hex')
    return digest !== undefined && response.endsWith(` ${digest}`) ? found : undefined
  },
  async XOAUTH2({ users, initial, ask }) {
    const fields = (initial ?? (await ask(''))).split('\x01')
    const found = withToken(users, fields[0]?.replace(/^user=/, ''), bearerOf(fields))
    if (!found) await ask('{"status":"400","schemes":"Bearer","scope":"https://mail.example/"}')
    return found
  },
  // RFC 7628
  async OAUTHBEARER({ users, initial, ask }) {
    const fields = (initial ?? (await ask(''))).split('\x01')
    const found = withToken(users, /^n,a=([^,]*),/.exec(fields[0] ?? '')?.[1], bearerOf(fields))
    if (!found) await ask('{"status":"invalid_token"}')
    return found
  },
}

function withPassword(
  users: Exchange['users'],
  name: string | undefined,
  password: string | undefined,
): UserAccount | undefined {
  const found = users.get(name ?? '')
  return found && found.user.password === password ? found : undefined
}

function withToken(
  users: Exchange['users'],
  name: string | undefined,
  token: string | undefined,
): UserAccount | undefined {
  const found = users.get(name ?? '')
  return found && (found.user.accessToken ?? found.user.password) === token ? found : undefined
}

function bearerOf(fields: readonly string[]): string | undefined {
  return fields.find((field) => field.startsWith('auth=Bearer '))?.slice('auth=Bearer '.length)
}
