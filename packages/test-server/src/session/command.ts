import type { Extension } from '../extensions.ts'
import type { Arguments } from '../wire/arguments.ts'
import type { Session } from './session.ts'

/** How a command ended well. Refusals are thrown. */
export interface Answer {
  readonly text: string
  /** The response code, without its brackets. */
  readonly code?: string | undefined
  /** Happens once the answer is written. */
  readonly after?: () => void | Promise<void>
}

/** One command of the protocol. */
export interface Command {
  /** The least a session must have reached; `greeted` commands are refused after login. */
  readonly needs: 'nothing' | 'greeted' | 'login' | 'mailbox'
  readonly extension?: Extension
  /** Must not tell of expunged messages, because the client speaks in message numbers (RFC 3501, 7.4.1). */
  readonly keepsNumbers?: boolean
  run(session: Session, args: Arguments): Answer | Promise<Answer>
}

/** Commands by their names, `UID FETCH` being one. */
export type CommandTable = Readonly<Record<string, Command>>
