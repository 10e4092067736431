import { mechanismTable } from '../auth/mechanisms.ts'
import type { Answer, CommandTable } from '../session/command.ts'
import { offers, type Session, type UserAccount } from '../session/session.ts'
import { malformed, refused } from '../wire/command-error.ts'
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
      const found = session.server.users.get(Buffer.from(name, 'latin1').toString())
      if (!found || found.user.password !== Buffer.from(password, 'latin1').toString()) throw wrongCredentials()
      return loggedIn(session, found)
    },
  },
  AUTHENTICATE: {
    needs: 'greeted',
    async run(session, args) {
      args.space()
      const name = args.keyword()
      const initial = offers(session, 'SASL-IR') && args.accept(' ') ? args.word() : undefined
      args.end()
      const mechanism = session.server.mechanisms.includes(name) ? mechanismTable[name] : undefined
      if (!mechanism) throw refused('Unsupported authentication mechanism', 'CANNOT')
      insistOnPrivacy(session)
      const { users } = session.server
      const found = await mechanism({ users, initial: decodeInitial(initial), ask: (text) => ask(session, text) })
      if (!found) throw wrongCredentials()
      return loggedIn(session, found)
    },
  },
}

/** Sends a challenge and reads the answer. */
async function ask({ connection, respond }: Session, challenge: string): Promise<string> {
  respond.continuation(Buffer.from(challenge).toString('base64'))
  const line = await connection.readLine()
  if (line === undefined || line === '*') throw malformed('Authentication was given up')
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

function wrongCredentials(): Error {
  return refused('Authentication failed', 'AUTHENTICATIONFAILED')
}

function loggedIn(session: Session, { account }: UserAccount): Answer {
  session.account = account
  return { text: 'Logged in', code: `CAPABILITY ${capabilities(session)}` }
}
