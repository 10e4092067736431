import { type Claim, settleClaim } from '../auth/claim.ts'
import { mechanismTable } from '../auth/mechanisms.ts'
import type { ConnectionLimit } from '../habits/habits.ts'
import type { Mechanism } from '../options.ts'
import type { Answer, CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Account } from '../store/account.ts'
import { type CommandError, malformed, refused } from '../wire/command-error.ts'
import { capabilities } from './capability.ts'

/** STARTTLS, LOGIN and AUTHENTICATE. */
export const loginCommands: CommandTable = {
  STARTTLS: {
    needs: 'greeted',
    run(session, args) {
      args.end()
      if (session.server.tls !== 'starttls' || session.encrypted) throw malformed('TLS is not to be had')
      session.encrypted = true
      return {
        text: 'Begin TLS negotiation now',
        async after() {
          await session.connection.flush()
          session.connection.startTls()
        },
      }
    },
  },
  LOGIN: {
    needs: 'greeted',
    run(session, args) {
      args.space()
      const name = args.astring()
      args.space()
      const password = args.astring()
      args.end()
      insistOnPrivacy(session)
      const user = Buffer.from(name, 'latin1').toString()
      const known = session.server.users.get(user)?.user.password
      return settle(session, undefined, {
        user,
        as: '',
        genuine: known === Buffer.from(password, 'latin1').toString(),
      })
    },
  },
  AUTHENTICATE: {
    needs: 'greeted',
    async run(session, args) {
      args.space()
      const name = args.keyword()
      const initial = offers(session, 'SASL-IR') && args.accept(' ') ? args.word() : undefined
      args.end()
      const { mechanisms, users, expiredTokens } = session.server
      const mechanism = mechanisms.find((each) => each === name)
      if (!mechanism) throw refused('Unsupported authentication mechanism', 'CANNOT')
      insistOnPrivacy(session)
      const claim = await mechanismTable[mechanism]({
        users,
        expiredTokens,
        certified: session.connection.certifiedName(),
        initial: decodeInitial(initial),
        ask: (text) => ask(session, mechanism, text),
      })
      return settle(session, mechanism, claim)
    },
  },
}

/** Sends a challenge and reads the answer. */
async function ask(session: Session, mechanism: Mechanism, challenge: string): Promise<string> {
  const { connection, respond, server, number } = session
  respond.continuation(Buffer.from(challenge).toString('base64'))
  const line = await connection.readLine()
  if (line === undefined || line === '*') {
    server.loginAttempts.push({ connection: number, mechanism, user: '', outcome: 'abandoned' })
    throw malformed('Authentication was given up')
  }
  return Buffer.from(line, 'base64').toString()
}

// RFC 4959: an initial response that is empty is written as one equals sign.
function decodeInitial(initial: string | undefined): string | undefined {
  if (initial === undefined) return undefined
  return initial === '=' ? '' : Buffer.from(initial, 'base64').toString()
}

function insistOnPrivacy(session: Session): void {
  if (session.server.tls === 'starttls' && !session.encrypted) throw refused('Use STARTTLS first', 'PRIVACYREQUIRED')
}

/** Notes the attempt, and lets in or not. */
function settle(session: Session, mechanism: Mechanism | undefined, claim: Claim): Answer {
  const { users, loginAttempts, sessions } = session.server
  const found = settleClaim(users, claim)
  const crowded = found && isCrowded(session, found.account)
  const outcome = found && !crowded ? 'accepted' : 'refused'
  loginAttempts.push({ connection: session.number, mechanism, user: claim.user, outcome })
  if (!found && claim.genuine) throw refused('Not allowed to act for others', 'AUTHORIZATIONFAILED')
  if (!found) throw refused('Authentication failed', 'AUTHENTICATIONFAILED')
  if (crowded) throw refuseConnection(session, session.server.habits.connectionLimit!)
  session.account = found.account
  sessions.add(session)
  session.connection.closed.addEventListener('abort', () => sessions.delete(session))
  return { text: 'Logged in', code: `CAPABILITY ${capabilities(session)}` }
}

function isCrowded({ server }: Session, account: Account): boolean {
  const { perUser = Infinity } = server.habits.connectionLimit ?? {}
  return [...server.sessions].filter((other) => other.account === account && !other.ended).length >= perUser
}

function refuseConnection({ respond }: Session, { text, untagged }: ConnectionLimit): CommandError {
  if (untagged) respond.untagged(`NO ${text}`)
  return refused(text)
}
