import { createHmac, randomBytes } from 'node:crypto'
import type { Mechanism } from '../options.ts'
import type { ServerState } from '../session/session.ts'
import type { Claim } from './claim.ts'
import { scram } from './scram.ts'

/** One run of a SASL mechanism. */
export interface Exchange {
  readonly users: ServerState['users']
  readonly expiredTokens: ServerState['expiredTokens']
  /** Who the client is by its TLS certificate. */
  readonly certified: string | undefined
  /** What the client sent along with the command (RFC 4959). */
  readonly initial: string | undefined
  /** Sends a challenge and answers the client's response. */
  ask(challenge: string): Promise<string>
}

/** Finds out who logs in. */
export type MechanismRun = (exchange: Exchange) => Promise<Claim>

/** How each mechanism goes. */
export const mechanismTable: Readonly<Record<Mechanism, MechanismRun>> = {
  // RFC 4616
  async PLAIN({ users, initial, ask }) {
    const [as = '', user = '', password] = (initial ?? (await ask(''))).split('\0')
    return { user, as, genuine: users.get(user)?.user.password === password }
  },
  async LOGIN({ users, initial, ask }) {
    const user = initial ?? (await ask('Username:'))
    const password = await ask('Password:')
    return { user, as: '', genuine: users.get(user)?.user.password === password }
  },
  // RFC 2195
  async 'CRAM-MD5'({ users, ask }) {
    const challenge = `<${randomBytes(8).toString('hex')}@localhost>`
    const response = await ask(challenge)
    const user = response.slice(0, response.lastIndexOf(' '))
    const found = users.get(user)
    const digest = found && createHmac('md5', found.user.password).update(challenge).digest('hex')
    return { user, as: '', genuine: digest !== undefined && response === `${user} ${digest}` }
  },
  'SCRAM-SHA-1': scram('sha1'),
  'SCRAM-SHA-256': scram('sha256'),
  async XOAUTH2(exchange) {
    const fields = (exchange.initial ?? (await exchange.ask(''))).split('\x01')
    const { claim, expired } = byToken(exchange, fields[0]?.replace(/^user=/, '') ?? '', fields)
    const status = expired ? '401' : '400'
    if (!claim.genuine) {
      await exchange.ask(JSON.stringify({ status, schemes: 'Bearer', scope: 'https://mail.example/' }))
    }
    return claim
  },
  // RFC 7628
  async OAUTHBEARER(exchange) {
    const fields = (exchange.initial ?? (await exchange.ask(''))).split('\x01')
    const name = /^n,a=([^,]*),/.exec(fields[0] ?? '')?.[1] ?? ''
    const { claim } = byToken(exchange, name.replaceAll('=2C', ',').replaceAll('=3D', '='), fields)
    if (!claim.genuine) await exchange.ask('{"status":"invalid_token","scope":"https://mail.example/"}')
    return claim
  },
  // RFC 4422, A
  async EXTERNAL({ certified, initial, ask }) {
    return { user: certified ?? '', as: initial ?? (await ask('')), genuine: certified !== undefined }
  },
}

/** Every mechanism. */
export const allMechanisms = Object.keys(mechanismTable) as readonly Mechanism[]

/** A token says who bears it; the name beside it says whose mail is wanted. */
function byToken({ users, expiredTokens }: Exchange, name: string, fields: readonly string[]) {
  const bearer = 'auth=Bearer '
  const token = fields.find((field) => field.startsWith(bearer))?.slice(bearer.length) ?? ''
  const expired = expiredTokens.has(token)
  const ownsToken = ({ user }: { readonly user: { readonly password: string; readonly accessToken?: string } }) =>
    !expired && (user.accessToken ?? user.password) === token
  const named = users.get(name)
  const owner = named && ownsToken(named) ? named : users.values().find(ownsToken)
  const claim: Claim = { user: owner?.user.name ?? name, as: name, genuine: owner !== undefined }
  return { claim, expired }
}
