import type { Answer, CommandTable } from '../session/command.ts'
import type { Session } from '../session/session.ts'
import type { StoredMessage } from '../store/message.ts'
import { writableView } from './find-mailbox.ts'

/** EXPUNGE, UID EXPUNGE and CLOSE. */
export const expungeCommands: CommandTable = {
  EXPUNGE: {
    needs: 'mailbox',
    run(session, args) {
      args.end()
      const view = writableView(session)
      return expunge(session, view.messages)
    },
  },
  // RFC 4315, 2.1
  'UID EXPUNGE': {
    needs: 'mailbox',
    extension: 'UIDPLUS',
    run(session, args) {
      args.space()
      const set = args.sequenceSet()
      args.end()
      const view = writableView(session)
      return expunge(
        session,
        view.select(set, true).map(({ message }) => message),
      )
    },
  },
  CLOSE: {
    needs: 'mailbox',
    run(session, args) {
      args.end()
      const view = session.view!
      session.leave()
      if (!view.readOnly) view.mailbox.remove(view.messages.filter(isDeleted))
      return { text: 'CLOSE completed' }
    },
  },
}

function expunge(session: Session, messages: readonly StoredMessage[]): Answer {
  const { mailbox } = session.view!
  mailbox.remove(messages.filter(isDeleted))
  // RFC 7162, 3.2.7
  const code = session.enabled.has('QRESYNC') ? `HIGHESTMODSEQ ${mailbox.highestModSeq}` : undefined
  return { text: 'EXPUNGE completed', code }
}

function isDeleted({ flags }: StoredMessage): boolean {
  return flags.has('\\Deleted')
}
