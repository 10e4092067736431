import type { CommandTable } from '../session/command.ts'
import { offers, type Session } from '../session/session.ts'
import type { Refusal } from '../store/account.ts'
import { refusalTexts } from '../store/test-account.ts'
import type { Arguments } from '../wire/arguments.ts'
import { refused } from '../wire/command-error.ts'
import { formatString } from '../wire/format.ts'

/** CREATE, DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE and NAMESPACE. */
export const mailboxCommands: CommandTable = {
  CREATE: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = withoutTrailingSeparator(session, args.astring())
      const specialUse = offers(session, 'CREATE-SPECIAL-USE') && args.accept(' ') ? readUse(args) : undefined
      args.end()
      insist(session.account!.create(name, { specialUse }))
      return { text: 'CREATE completed' }
    },
  },
  DELETE: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      args.end()
      const mailbox = session.account!.find(name)
      if (mailbox && mailbox === session.view?.mailbox && name.toUpperCase() !== 'INBOX') session.leave()
      if (session.account!.isParent(name)) throw refused('Mailbox has others below it', 'HASCHILDREN')
      insist(session.account!.delete(name))
      return { text: 'DELETE completed' }
    },
  },
  RENAME: {
    needs: 'login',
    run(session, args) {
      args.space()
      const from = args.astring()
      args.space()
      const to = withoutTrailingSeparator(session, args.astring())
      args.end()
      insist(session.account!.rename(from, to))
      return { text: 'RENAME completed' }
    },
  },
  SUBSCRIBE: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      args.end()
      session.account!.subscribe(name)
      return { text: 'SUBSCRIBE completed' }
    },
  },
  UNSUBSCRIBE: {
    needs: 'login',
    run(session, args) {
      args.space()
      const name = args.astring()
      args.end()
      session.account!.unsubscribe(name)
      return { text: 'UNSUBSCRIBE completed' }
    },
  },
  // RFC 2342
  NAMESPACE: {
    needs: 'login',
    extension: 'NAMESPACE',
    run({ server, respond }, args) {
      args.end()
      respond.untagged(
        `NAMESPACE ((${formatString(server.namespacePrefix)} ${formatString(server.separator)})) NIL NIL`,
      )
      return { text: 'NAMESPACE completed' }
    },
  },
}

const codes: Readonly<Record<Refusal, string>> = {
  exists: 'ALREADYEXISTS',
  missing: 'NONEXISTENT',
  permanent: 'CANNOT',
  outside: 'CANNOT',
  malformed: 'CANNOT',
  'inside-itself': 'CANNOT',
}

function insist(refusal: Refusal | undefined): void {
  if (refusal !== undefined) throw refused(refusalTexts[refusal], codes[refusal])
}

// RFC 3501, 6.3.3: a separator at the end announces folders below, which needs no announcement here.
function withoutTrailingSeparator({ server }: Session, name: string): string {
  return name.endsWith(server.separator) ? name.slice(0, -server.separator.length) : name
}

// RFC 6154, 3
function readUse(args: Arguments): string | undefined {
  const uses = args.list(() => {
    args.expect('USE')
    args.space()
    return args.list(args.flag)
  })
  return uses.flat()[0]
}
