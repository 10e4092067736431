import type { Secret } from '@mailtide/contracts'
import type { Expression } from './expression.ts'
import type { MailboxProgram } from './mailbox-programs.ts'
import type { PasswordProviderName, ProviderChoice, TokenProviderName, tokenStores } from './provider-choice.ts'

/** Everything that an rc file says, typed and complete. Paths are absolute. */
export interface Config {
  readonly general: GeneralConfig
  /**
   * Every `[Account …]` without a mistake by name, whether or not `general.accounts` lists it. Those that are to be
   * synced are always among them.
   */
  readonly accounts: ReadonlyMap<string, AccountConfig>
  /** Undefined where no list of mailboxes is to be written. */
  readonly mbnames?: MbnamesConfig
}

/** The list of mailboxes: `[mbnames]` with `enabled = yes`. */
export interface MbnamesConfig {
  /** Where it is written. */
  readonly file: string
  /** What stands for each mailbox: a template, or lines for a program. */
  readonly items:
    | { readonly peritem: string }
    | { readonly format: MailboxProgram /** The root of notmuch's mail. */; readonly mailRoot?: string }
  /** Texts around and between; a template has all of them. */
  readonly header?: Expression
  readonly sep?: Expression
  readonly footer?: Expression
  /** Whether it is written after each account, or when all are done. */
  readonly incremental: boolean
  /** A function of an account and a local folder. */
  readonly folderFilter?: Expression
  /** A function of a dict with accountname, foldername and localfolders. */
  readonly sortKey?: Expression
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
  readonly ignoreKeyring: boolean
  readonly updateKeyring: boolean
  readonly ignoreReadOnly: boolean
}

export interface AccountConfig {
  readonly name: string
  /** A tree of Maildirs on this machine, or another account. */
  readonly local: MaildirConfig | ImapConfig
  readonly remote: ImapConfig
  /** Minutes between syncs, fractions allowed; 0 is once. */
  readonly autorefresh: number
  /** 0 never quick, below 0 always, N: N quick syncs after each full one. */
  readonly quick: number
  readonly utf8FolderNames: boolean
  /** Octets from which on new messages are passed over. */
  readonly maxSize?: number
  /** How old new messages of the server may be: at most so many days, or not from before a day (YYYY-MM-DD). */
  readonly maxAge?: number | string
  /** Names of headers that are removed from messages on their way to a server. */
  readonly filterHeaders: readonly string[]
  /** How labels are synchronised; undefined where they are not. */
  readonly labels?: LabelsConfig
  /** Shell commands. */
  readonly preSyncHook?: string
  readonly postSyncHook?: string
  readonly writeOfflineImapState: boolean
  /** `TYPE:host:port`. */
  readonly proxy?: string
  /** The proxy for OAuth2 as `TYPE:host:port`; undefined is no proxy. */
  readonly authProxy?: string
}

/** Labels of a Gmail, kept in the files of a GmailMaildir. */
export interface LabelsConfig {
  /** The name of the header that holds them. */
  readonly header: string
  /** Labels that are left alone. */
  readonly ignored: readonly string[]
}

/** What both kinds of repository have. */
export interface RepositoryConfig {
  readonly name: string
  readonly readOnly: boolean
  readonly createFolders: boolean
  /** Whether deletions made here reach the other side. */
  readonly syncDeletes: boolean
  /** The day (YYYY-MM-DD) from before which new messages of this side are passed over. */
  readonly startDate?: string
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
  /** From the Date header: the time of files, and that in their names. */
  readonly timeFromHeader: boolean
  readonly nameTimeFromHeader: boolean
  readonly restoreAccessTime: boolean
  /** Keywords by the letter that stands for them in the names of files. */
  readonly customFlags: ReadonlyMap<string, string>
}

export interface ImapConfig extends RepositoryConfig {
  readonly type: 'IMAP' | 'Gmail'
  /** With a tunnel that says nothing else: `localhost`. */
  readonly host: string | Expression
  readonly port: number | Expression
  readonly login: LoginConfig
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
  /** The versions of TLS that may be spoken; without a bound, the best that both know, 1.2 at least. */
  readonly tlsVersion?: 'TLSv1' | 'TLSv1.1' | 'TLSv1.2'
  /** A shell command that leads to the server. */
  readonly tunnel?: { readonly command: string; readonly preauthenticated: boolean }
  readonly compression: boolean
  /** Whether connections are kept between syncs; undefined leaves it to what is watched. */
  readonly holdConnectionOpen?: boolean
  /** Seconds between NOOPs on connections that are kept, where the rc says it. */
  readonly keepAlive?: number
  /** A list of names. */
  readonly idleFolders?: Expression
  /** Only where the rc says so: how many suit is the server's affair. */
  readonly maxConnections?: number
  /** False: what is deleted on the other side is only marked. */
  readonly expunge: boolean
  readonly subscribedOnly: boolean
  /** What the names of folders begin with. */
  readonly reference?: string
  /** How often something is begun whose connection breaks off. */
  readonly attempts: number
  /** A function without arguments. */
  readonly newMailHook?: Expression
  /** A function of a folder's translated name that answers UIDs, or None. */
  readonly copyIgnore?: Expression
}

/** How an IMAP account logs in. */
export interface LoginConfig {
  /** Without one, whoever the store of the password names. */
  readonly user?: string | Expression
  readonly userProvider?: ProviderChoice<PasswordProviderName>
  /** At most one of the four is set; none means that the rc names no password. */
  readonly passwordProvider?: ProviderChoice<PasswordProviderName>
  readonly passwordExpression?: Expression
  readonly password?: Secret
  readonly passwordFile?: string
  /** In the order in which they are tried, in upper case; all that there are where the rc names none. */
  readonly mechanisms?: readonly string[]
  /** Whose mail to open, if not the user's own. */
  readonly authorizationIdentity?: string
  /** PEM files. */
  readonly clientCertificate?: string
  readonly clientKey?: string
  readonly oauth2: OAuth2Config
}

/** Where access tokens come from. */
export interface OAuth2Config {
  readonly tokenProvider?: ProviderChoice<TokenProviderName>
  readonly clientId?: string | Expression
  readonly clientSecret?: Secret | Expression
  readonly refreshToken?: Secret | Expression
  readonly accessToken?: Secret | Expression
  /** The token endpoint. */
  readonly requestUrl?: string
  readonly authorizationUrl?: string
  readonly deviceUrl?: string
  readonly scopes?: readonly string[]
  /** Whose addresses fill in what is not set. */
  readonly preset?: 'gmail'
  readonly tokenStore: (typeof tokenStores)[number]
}

/** Whether a repository is a tree of Maildirs. */
export function isMaildir(repository: MaildirConfig | ImapConfig): repository is MaildirConfig {
  return repository.type === 'Maildir' || repository.type === 'GmailMaildir'
}
