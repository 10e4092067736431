import type { Extension } from './extensions.ts'
import type { Fault } from './faults/fault.ts'
import type { Behaviour } from './habits/behaviours.ts'
import type { ServerHabits } from './habits/habits.ts'

/** How SASL clients can log in. */
export type Mechanism =
  | 'PLAIN'
  | 'LOGIN'
  | 'CRAM-MD5'
  | 'SCRAM-SHA-1'
  | 'SCRAM-SHA-256'
  | 'XOAUTH2'
  | 'OAUTHBEARER'
  | 'EXTERNAL'

/** Someone with an account on the server. */
export interface TestUser {
  readonly name: string
  readonly password: string
  /** What XOAUTH2 and OAUTHBEARER are to present; the password, if none is given. */
  readonly accessToken?: string
  /** Whose mail this user may open besides its own, by naming them as authorization identity. */
  readonly mayActFor?: readonly string[]
}

/** How a test server is to be. Without any: every extension, no TLS, the user `demo` with the password `demo`. */
export interface TestServerOptions {
  /** Behaves as the servers of a provider do; what other options say comes on top of it. */
  readonly behaves?: Behaviour
  /** Single things that such servers do. */
  readonly habits?: ServerHabits
  /**
   * Exactly the extensions of a set, or all but those that a record switches off; a record changes what `behaves` offers.
   * What is off is neither advertised nor understood. QRESYNC goes with CONDSTORE or ENABLE, CREATE-SPECIAL-USE with
   * SPECIAL-USE.
   */
  readonly extensions?: ReadonlySet<Extension> | Partial<Record<Extension, boolean>>
  readonly users?: readonly TestUser[]
  /** What stands between a folder's name and that of the folder it is in: `/` unless told. */
  readonly separator?: string
  /** What every folder's name but INBOX begins with, such as `INBOX.`: nothing unless told. */
  readonly namespacePrefix?: string
  /** With `starttls`, logging in unencrypted is refused. */
  readonly tls?: 'none' | 'starttls' | 'implicit'
  /** Milliseconds that whatever a client sends is under way: the round trip of a far server. Pipelined commands overlap. */
  readonly latency?: number
  /**
   * SASL mechanisms: all unless told. With an empty list only the LOGIN command is left. EXTERNAL is advertised under TLS
   * only, and takes whom the common name of a certificate of `TestServer.clientCertificate`'s authority names.
   */
  readonly mechanisms?: readonly Mechanism[]
  /** The flags that folders keep: the system's and `\*`, for any keyword, unless told. */
  readonly permanentFlags?: readonly string[]
  /** What goes wrong from the start on. */
  readonly faults?: readonly Fault[]
}

/** A try to log in. */
export interface LoginAttempt {
  /** The connection it came on, from 1. */
  readonly connection: number
  /** The SASL mechanism; undefined for the LOGIN command. */
  readonly mechanism: Mechanism | undefined
  /** Who the client said it was; empty where it gave up before. */
  readonly user: string
  readonly outcome: 'accepted' | 'refused' | 'abandoned'
}

/** A command that a client has sent. */
export interface LoggedCommand {
  /** The connection it came on, from 1. */
  readonly connection: number
  readonly tag: string
  /** In upper case; of `UID` commands both words. */
  readonly name: string
  /** The line without its tag; literals as `{n}`, secrets as `[redacted]`. */
  readonly text: string
}
