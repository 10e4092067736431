import type { Connection } from '../wire/connection.ts'
import { createResponder } from './responder.ts'
import type { ServerState, Session } from './session.ts'
import { openView } from './view.ts'

/** A session that has just been connected. */
export function createSession(server: ServerState, connection: Connection, number: number): Session {
  const respond = createResponder(connection)
  const session: Session = {
    server,
    connection,
    respond,
    number,
    tag: '',
    account: undefined,
    identified: false,
    view: undefined,
    enabled: new Set(),
    encrypted: server.tls === 'implicit',
    compressed: false,
    busy: false,
    notifications: undefined,
    ended: false,
    onChange: () => {},
    open({ mailbox, readOnly }) {
      session.leave()
      session.view = openView(mailbox, {
        readOnly,
        onChange: () => session.onChange(),
        onVoid: () => session.sayBye('The selected mailbox is no longer what it was'),
      })
      return session.view
    },
    leave() {
      session.view?.close()
      session.view = undefined
    },
    sayBye(text) {
      if (session.ended) return
      session.ended = true
      respond.untagged(`BYE ${text}`)
      connection.end()
    },
  }
  return session
}
