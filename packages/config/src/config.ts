import type { Secret } from '@mailtide/contracts'
import type { Expression } from './expression.ts'

/** Everything that an rc file says, typed and complete. Paths are absolute. */
export interface Config {
  readonly general: GeneralConfig
  /**
   * Every `[Account …]` without a mistake by name, whether or not `general.accounts` lists it. Those that are to be
   * synced are always among them.
   */
  readonly accounts: ReadonlyMap<string, AccountConfig>
}

export interface GeneralConfig {
  /** Directory of the state on disk. */
  readonly metadata: string
  /** Accounts to sync when the command line names none. */
  readonly accounts: readonly string[]
  readonly maxSyncAccounts: number
  readonly ui: string
  /** The file whose names all expressions can use. */
  readonly pythonFile?: string
  /** Seconds that a server may stay silent; 0 is no limit. */
  readonly socketTimeout: number
  readonly fsync: boolean
  readonly dryRun: boolean
}

export interface AccountConfig {
  readonly name: string
  readonly local: MaildirConfig
  readonly remote: ImapConfig
  /** Minutes between syncs, fractions allowed; 0 is once. */
  readonly autorefresh: number
  /** 0 never quick, below 0 always, N: N quick syncs after each full one. */
  readonly quick: number
  readonly utf8FolderNames: boolean
}

/** What both kinds of repository have. */
export interface RepositoryConfig {
  readonly name: string
  readonly readOnly: boolean
  readonly createFolders: boolean
  /** Whether deletions made here reach the other side. */
  readonly syncDeletes: boolean
  /** A function of a folder's name, or a rule in plain words. */
  readonly nameTranslation?: Expression
  /** A function of a folder's name, or a rule in plain words. */
  readonly folderFilter?: Expression
  /** A list of names. */
  readonly folderIncludes?: Expression
}

export interface MaildirConfig extends RepositoryConfig {
  readonly type: 'Maildir' | 'GmailMaildir'
  readonly root: string
  readonly separator: string
  /** What stands between a file's base name and its flags: `:`, or `!` on file systems without colons. */
  readonly infoSeparator: ':' | '!'
  readonly mtimeFromInternalDate: boolean
}

export interface ImapConfig extends RepositoryConfig {
  readonly type: 'IMAP' | 'Gmail'
  readonly host: string | Expression
  readonly port: number | Expression
  readonly user: string | Expression
  /** At most one of the three is set; none means that the rc names no password. */
  readonly passwordExpression?: Expression
  readonly password?: Secret
  readonly passwordFile?: string
  /** A function of two names that compares them. */
  readonly folderSort?: Expression
  readonly encryption: 'tls' | 'starttls' | 'none'
  /**
   * PEM file of certificate authorities; `system` is what the operating system trusts. `unchecked`, only ever
   * together with fingerprints: the certificate itself is known, whoever signed it.
   */
  readonly certificateAuthorities: { readonly file: string } | 'system' | 'unchecked'
  /** Accepted digests of the server's certificate: lower-case hex without colons. Empty: not checked. */
  readonly fingerprints: readonly string[]
  /** Address family to use, where only one may be. */
  readonly family?: 4 | 6
  readonly compression: boolean
  readonly maxConnections: number
}
