import { randomBytes } from 'node:crypto'
import { type Credential, MailtideError } from '@mailtide/contracts'
import { isTemporary, loginDisabled, loginRefused, noLoginMethod, type RefusedLogin } from '../errors.ts'
import type { ImapOptions } from '../options.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { authenticate, isQuotable, loginByCommand, type Speaker } from './conversation.ts'
import type { LoginCredential } from './login-credential.ts'
import type { LoginFacts, Mechanism } from './mechanism.ts'
import { wantedMechanisms } from './mechanisms.ts'
import type { Refusal } from './refusal.ts'

/** One login on one connection. */
export interface Login {
  readonly options: ImapOptions
  readonly speaker: Speaker
  readonly credential: LoginCredential
  readonly signal: AbortSignal
}

/** A mechanism that can be tried, with all it needs. */
interface Attempt {
  readonly name: string
  readonly mechanism: Mechanism
  readonly facts: LoginFacts
  readonly credential: Credential | undefined
}

/**
 * Tries the mechanisms of an account in their order until one lets us in.
 *
 * A refusal leads on to the next, as servers offer mechanisms that not every user can use. But servers count wrong
 * passwords: one that was refused as it is (PLAIN, LOGIN) isn't said again, and proofs of it (SCRAM, CRAM-MD5) are tried one
 * after the other only where the account names them. A server that asks for patience ends it all.
 */
export async function logIn(login: Login): Promise<void> {
  const { options, speaker } = login
  const passedOver: string[] = []
  let last: (Refusal & { readonly by: RefusedLogin['by'] }) | undefined
  const unwelcome = new Set<Mechanism['shows']>()
  const wanted = wantedMechanisms(options)
  for (const [name, mechanism] of wanted) {
    const attempt = await prepare(login, name, mechanism)
    if (typeof attempt === 'string') {
      passedOver.push(attempt)
      continue
    }
    if (unwelcome.has(attempt.mechanism.shows)) continue
    const refusal = await tryOut(login, attempt, last !== undefined)
    const { credential } = attempt
    if (!refusal) {
      if (credential) options.accepted?.(credential)
      return
    }
    if (refusal === 'lost') break
    const reason = withoutSecrets(refusal.reason, login.credential.secrets())
    if (refusal.isOurs) {
      passedOver.push(`${name} ${reason}`)
      continue
    }
    last = { ...refusal, reason, by: credential?.kind ?? 'other' }
    if (isTemporary(reason)) break
    if (credential && refusal.code !== 'AUTHORIZATIONFAILED') login.credential.refused()
    const { shows } = attempt.mechanism
    const isFinal = shows === 'password' || (shows === 'proof' && !options.mechanisms)
    if (isFinal && refusal.code === 'AUTHENTICATIONFAILED') unwelcome.add(shows)
  }
  const { host } = options
  const { user, isLacking } = login.credential
  if (last) throw loginRefused({ host, user, by: last.by }, last.reason, saidBy(last))
  const offered = [...speaker.capabilities.keys()].filter((each) => each.startsWith('AUTH='))
  if (offered.length === 0 && speaker.capabilities.has('LOGINDISABLED')) throw loginDisabled(host)
  const needsSecret = wanted.some(([, mechanism]) => typeof mechanism !== 'string' && mechanism.needs !== 'nothing')
  if (isLacking && needsSecret) throw loginRefused({ host, user }, 'there is no password and no access token')
  throw noLoginMethod(host, passedOver, offered.join(' '))
}

/** A refusal as the server's status response. */
function saidBy({ code, reason }: Refusal): Error {
  const words = code !== '' && reason.startsWith(code) ? reason.slice(code.length).trimStart() : reason
  return new Error(code === '' ? `NO ${words}` : `NO [${code}] ${words}`)
}

/** What is needed to try a mechanism, or why it cannot be tried. */
async function prepare(login: Login, name: string, mechanism: Mechanism | string): Promise<Attempt | string> {
  if (typeof mechanism === 'string') return mechanism
  const { options, speaker } = login
  const { host, port, authorizationIdentity = '' } = options
  if (!isOffered(speaker, name)) return `${name} is not offered`
  if (authorizationIdentity !== '' && !mechanism.carriesIdentity) return `${name} cannot open the mail of another`
  const credential = mechanism.needs === 'nothing' ? undefined : await login.credential.ask(login.signal)
  login.signal.throwIfAborted()
  const user = login.credential.user ?? ''
  if (mechanism.needs !== 'nothing') {
    if (credential?.kind !== mechanism.needs) return `${name} needs ${aSecretOf[mechanism.needs]}`
    if (user === '') return `${name} needs a user name`
  }
  const secret = credential?.secret.reveal() ?? ''
  const nonce = () => randomBytes(24).toString('base64')
  const facts = { user, authorizationIdentity, secret, host, port, nonce }
  const objection = mechanism.objection?.(facts)
  return objection === undefined ? { name, mechanism, facts, credential } : `${name} ${objection}`
}

const aSecretOf = { password: 'a password', 'access-token': 'an access token' } as const

/** `lost` stands for a connection that ended when someone had been refused before: that is what there is to tell. */
async function tryOut(login: Login, attempt: Attempt, wasRefused: boolean): Promise<Refusal | 'lost' | undefined> {
  const { name, mechanism, facts } = attempt
  const { speaker, options } = login
  try {
    if (name === 'LOGIN' && !needsSaslLogin(speaker, facts)) {
      return await loginByCommand(speaker, facts.user, facts.secret)
    }
    return await authenticate(speaker, name, () => mechanism.begin(facts), options.trace)
  } catch (thrown) {
    if (wasRefused && !(thrown instanceof MailtideError)) return 'lost'
    throw thrown
  }
}

/** LOGIN is a command that every server has, unless it says otherwise (RFC 9051, 6.2.3). */
function isOffered({ capabilities }: Speaker, name: string): boolean {
  return capabilities.has(`AUTH=${name}`) || (name === 'LOGIN' && !capabilities.has('LOGINDISABLED'))
}

// Which letters the command means beyond ASCII, no one ever said.
function needsSaslLogin({ capabilities }: Speaker, { user, secret }: LoginFacts): boolean {
  const isPlain = isQuotable(user) && isQuotable(secret)
  return capabilities.has('AUTH=LOGIN') && (capabilities.has('LOGINDISABLED') || !isPlain)
}
