import type { CommandTable } from '../session/command.ts'
import type { Session } from '../session/session.ts'
import { refused } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'

/** What the server offers at this moment, as CAPABILITY lists it. */
export function capabilities(session: Session): string {
  const { extensions, habits, mechanisms, tls } = session.server
  const isOffered = (mechanism: string) => mechanism !== 'EXTERNAL' || session.encrypted
  const login = session.account ? [] : mechanisms.filter(isOffered).map((mechanism) => `AUTH=${mechanism}`)
  const startTls = tls === 'starttls' && !session.encrypted ? ['STARTTLS', 'LOGINDISABLED'] : []
  const offered = [...extensions].filter((name) => name !== 'COMPRESS=DEFLATE' || !session.compressed)
  const names = offered.map((name) => (name === 'LITERAL+' && habits.literalMinus ? 'LITERAL-' : name))
  const limit = habits.appendLimit === undefined ? [] : [`APPENDLIMIT=${habits.appendLimit}`]
  const labels = habits.labels ? ['X-GM-EXT-1'] : []
  return ['IMAP4rev1', ...startTls, ...login, ...names, ...limit, ...labels].join(' ')
}

/** CAPABILITY, NOOP, ID, ENABLE, LOGOUT and what else works almost anywhere. */
export const generalCommands: CommandTable = {
  CAPABILITY: {
    needs: 'nothing',
    run(session, args) {
      args.end()
      session.respond.untagged(`CAPABILITY ${capabilities(session)}`)
      return { text: 'CAPABILITY completed' }
    },
  },
  NOOP: {
    needs: 'nothing',
    run(_, args) {
      args.end()
      return { text: 'NOOP completed' }
    },
  },
  LOGOUT: {
    needs: 'nothing',
    run(session, args) {
      args.end()
      session.leave()
      session.respond.untagged('BYE Logging out')
      return {
        text: 'LOGOUT completed',
        after() {
          session.ended = true
          session.connection.end()
        },
      }
    },
  },
  // RFC 2971
  ID: {
    needs: 'nothing',
    extension: 'ID',
    run(session, args) {
      args.space()
      if (!args.accept('NIL')) args.list(() => args.nstring())
      args.end()
      session.identified = session.account !== undefined
      const fields = Object.entries(session.server.habits.id ?? { name: 'mailtide test server' })
      session.respond.untagged(`ID (${fields.flat().map(formatString).join(' ')})`)
      return { text: 'ID completed' }
    },
  },
  // RFC 5161
  ENABLE: {
    needs: 'login',
    extension: 'ENABLE',
    run(session, args) {
      const enabled: string[] = []
      do {
        args.space()
        const name = args.keyword()
        if ((name !== 'CONDSTORE' && name !== 'QRESYNC') || !session.server.extensions.has(name)) continue
        session.enabled.add('CONDSTORE')
        session.enabled.add(name)
        enabled.push(name)
      } while (!args.atEnd)
      session.respond.untagged(['ENABLED', ...enabled].join(' '))
      return { text: 'ENABLE completed' }
    },
  },
  // RFC 4978
  COMPRESS: {
    needs: 'login',
    extension: 'COMPRESS=DEFLATE',
    run(session, args) {
      args.space()
      args.expect('DEFLATE')
      args.end()
      if (session.compressed) throw refused('DEFLATE is active already', 'COMPRESSIONACTIVE')
      session.compressed = true
      return {
        text: 'DEFLATE active',
        async after() {
          await session.connection.flush()
          session.connection.startCompression()
        },
      }
    },
  },
}
