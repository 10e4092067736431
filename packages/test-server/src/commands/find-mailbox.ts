import type { Session } from '../session/session.ts'
import type { View } from '../session/view.ts'
import type { Mailbox } from '../store/mailbox.ts'
import { refused } from '../wire/command-error.ts'

/** The mailbox of a wire name. `code` is the response code if there is none: `TRYCREATE` where a message was to go there. */
export function findMailbox(session: Session, wireName: string, code = 'NONEXISTENT'): Mailbox {
  const mailbox = session.account!.find(wireName)
  if (!mailbox) throw refused('Mailbox does not exist', code)
  return mailbox
}

/** The same, for a message that is to go there. */
export function findTarget(session: Session, wireName: string): Mailbox {
  const mailbox = findMailbox(session, wireName, 'TRYCREATE')
  if (mailbox.readOnly) throw refused('Mailbox is read-only', 'NOPERM')
  return mailbox
}

/** The open mailbox, if it may be changed. */
export function writableView(session: Session): View {
  const view = session.view!
  if (view.readOnly) throw refused('Mailbox is read-only', 'READ-ONLY')
  return view
}
