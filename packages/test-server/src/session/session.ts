import type { Extension } from '../extensions.ts'
import type { FaultList } from '../faults/fault-list.ts'
import type { ServerHabits } from '../habits/habits.ts'
import type { Notifications } from '../notify/notifications.ts'
import type { LoggedCommand, LoginAttempt, Mechanism, TestUser } from '../options.ts'
import type { Account } from '../store/account.ts'
import type { Connection } from '../wire/connection.ts'
import type { Responder } from './responder.ts'
import type { View } from './view.ts'

/** A user and what belongs to it. */
export interface UserAccount {
  readonly user: TestUser
  readonly account: Account
}

/** What all sessions of a server share. */
export interface ServerState {
  readonly extensions: ReadonlySet<Extension>
  readonly habits: ServerHabits
  readonly mechanisms: readonly Mechanism[]
  readonly tls: 'none' | 'starttls' | 'implicit'
  readonly separator: string
  readonly namespacePrefix: string
  readonly users: ReadonlyMap<string, UserAccount>
  readonly faults: FaultList
  readonly commands: LoggedCommand[]
  readonly loginAttempts: LoginAttempt[]
  /** Access tokens that were good once. */
  readonly expiredTokens: ReadonlySet<string>
  /** Everyone who is logged in. */
  readonly sessions: Set<Session>
}

/** One client and where it stands. */
export interface Session {
  readonly server: ServerState
  readonly connection: Connection
  readonly respond: Responder
  /** Which connection of the server this is, from 1. */
  readonly number: number
  /** Of the command that is being carried out. */
  tag: string
  account: Account | undefined
  /** The client has said by ID who it is, after logging in. */
  identified: boolean
  view: View | undefined
  /** What the client has switched on (RFC 5161, RFC 7162): mod-sequences, and VANISHED for EXPUNGE. */
  readonly enabled: Set<'CONDSTORE' | 'QRESYNC'>
  encrypted: boolean
  compressed: boolean
  /** A command is being carried out that is not IDLE: what happens now is told at its end. */
  busy: boolean
  /** What the client wants to be told without asking (RFC 5465). */
  notifications: Notifications | undefined
  /** Said goodbye: what the client still sends is not heard. */
  ended: boolean
  /** Called when the open mailbox has changed and no command is reporting it. */
  onChange: () => void
  /** Opens a mailbox in place of the one that is open. */
  open(view: { readonly mailbox: View['mailbox']; readonly readOnly: boolean }): View
  /** Leaves the open mailbox. */
  leave(): void
  /** Says BYE and closes. */
  sayBye(text: string): void
}

/** Whether an extension is on. */
export function offers(session: Session, extension: Extension): boolean {
  return session.server.extensions.has(extension)
}
