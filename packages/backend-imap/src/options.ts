import type { Credential, CredentialRequest } from '@mailtide/contracts'
import type { ProxyServer } from '@mailtide/proxy-connect'
import type { GssapiSteps } from './login/gssapi.ts'
import type { ServerHabits, ServerSigns } from './server-habits.ts'
import type { UnusedConnections } from './shelf.ts'
import type { TlsVersion } from './tls-versions.ts'

/** A program that speaks IMAP over its stdin and stdout. */
export interface Tunnel {
  /** For `/bin/sh`. Started once a connection, and ended with it. */
  readonly command: string
  /**
   * Whether it leads to a server that knows us already: it has to greet with PREAUTH (RFC 9051, 7.1.4), and nobody logs in.
   * OfflineIMAP's `preauthtunnel`; its `transporttunnel` otherwise.
   */
  readonly preauthenticated: boolean
}

/** How `watch` goes about it, where the server doesn't tell of all folders over one connection (NOTIFY, RFC 5465). */
export interface WatchOptions {
  /**
   * Connections that wait in IDLE, for one folder each; 1 by default. One of those that may be open is left for work, and
   * the last is given back for as long as there is work for it.
   */
  readonly idleConnections?: number
  /**
   * Minutes after which IDLE is begun anew, and the folders that have no IDLE of their own are looked at; 9 by default, or
   * what the server's habits say.
   * Servers may end a connection after 30 (RFC 2177), and routers on the way forget one that is silent sooner.
   */
  readonly idleMinutes?: number
  /** Seconds between two looks at the folders of a server that has neither NOTIFY nor IDLE; 60 by default. */
  readonly pollSeconds?: number
}

/** How an IMAP account is reached. */
export interface ImapOptions {
  readonly host: string
  readonly port: number
  /** Where nobody is named, the credential tells who logs in. */
  readonly user?: string | undefined
  /** Asked for at each login and kept nowhere. */
  readonly password?: () => Promise<string> | string
  /**
   * In place of `password`: asked at each login, and once more if the server refuses what was answered; the same answer
   * is not tried again. Where neither a client certificate nor GSSAPI could do without, it is asked before connecting.
   */
  readonly credential?: (
    request: Omit<CredentialRequest, 'account'>,
    signal: AbortSignal,
  ) => Promise<Credential | undefined> | Credential | undefined
  /** Told each time that the server has taken a credential. */
  readonly accepted?: (credential: Credential) => void
  /**
   * Ways to log in, in the order in which they are tried: GSSAPI, EXTERNAL, OAUTHBEARER, XOAUTH2, SCRAM-SHA-256,
   * SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN. All, in this order, unless told.
   */
  readonly mechanisms?: readonly string[]
  /** Whose mail to open, if not the user's own (RFC 4422, 2). CRAM-MD5 and LOGIN, which cannot say it, are passed over. */
  readonly authorizationIdentity?: string
  /** Shown to the server in TLS, as PEM. With it, EXTERNAL may log in. */
  readonly clientCertificate?: string
  /** The key of the client certificate, as PEM; where it is missing it is looked for beside the certificate. */
  readonly clientKey?: string
  /** Opens a security context to a service such as `imap@host`. Without it there is no GSSAPI. */
  readonly gssapi?: (service: string) => Promise<GssapiSteps> | GssapiSteps
  /** `starttls` ends in an error where the server doesn't offer it: only `none` ever speaks in clear text. */
  readonly encryption: 'tls' | 'starttls' | 'none'
  /**
   * In place of a connection: `host` and `port` are only what messages say, what credentials are looked up by and, with
   * STARTTLS, what the certificate has to show. A tunnel is a line that the user has secured: passwords go over it as it is.
   * No TLS is spoken in it from the start, even with `tls`, since then it is the tunnel that speaks TLS (as OfflineIMAP has
   * it, for `openssl s_client`). With `starttls` STARTTLS is used, and the certificate checked, where the server offers it;
   * where it doesn't, that is no error. The proxy is not used.
   */
  readonly tunnel?: Tunnel
  /** All connections go through it, and none beside it. It resolves the name of the host, so that `family` means nothing. */
  readonly proxy?: ProxyServer
  /** The oldest version of TLS that is spoken; Node's own limit (TLS 1.2) unless told. */
  readonly minTlsVersion?: TlsVersion
  /** The newest version of TLS that is spoken. */
  readonly maxTlsVersion?: TlsVersion
  /** Trusted authorities as PEM text. Without it, and without fingerprints, those of the system and of Node. */
  readonly certificateAuthorities?: string
  /**
   * Accepted SHA-1, 224, 256, 384 or 512 digests of the server's certificate, in hexadecimal. Given alone they replace
   * the check of the chain and the name; given with authorities, both have to pass.
   */
  readonly fingerprints?: readonly string[]
  /** Only IPv4, or only IPv6. Unless told both are tried, and the one that answers is taken. */
  readonly family?: 4 | 6
  /** Seconds of silence after which a server that owes an answer is given up; 0 waits for ever. 60 by default. */
  readonly timeout?: number
  /** How many connections may be open at once; 1 by default. What `adapt` says comes first. */
  readonly connections?: number
  /** Asks for COMPRESS=DEFLATE (RFC 4978), which pays on slow lines only. */
  readonly compression?: boolean
  /** Whether folder paths show the server's names as they are, in modified UTF-7, or decoded. `utf-7` by default. */
  readonly folderNames?: 'utf-7' | 'utf-8'
  /** `false`: messages that are removed are only marked \Deleted, and nothing is ever expunged. `true` unless told. */
  readonly expunge?: boolean
  /** Lists only the folders that the user has subscribed to, and subscribes to those that are created. */
  readonly subscribedOnly?: boolean
  /**
   * Where folders are looked for (RFC 9051, 6.3.9), in the form of `folderNames`. Their names include it, as in OfflineIMAP;
   * a folder whose name doesn't begin with it is created, and opened, below it.
   */
  readonly reference?: string
  /** On a server without modification sequences, trusts UIDNEXT and the number of messages: flag changes go unseen. */
  readonly quick?: boolean
  /**
   * Labels are told and changed, where the server has any (Gmail's X-GM-EXT-1). `header` is where other stores keep them: it
   * is left out of what tells whether two messages are the same, and of what is stored here together with its labels.
   */
  readonly labels?: { readonly header: string }
  /** What becomes of connections that nobody uses; unless told, they stay until the repository is closed. */
  readonly unused?: UnusedConnections
  /** How folders are watched. */
  readonly watching?: WatchOptions
  /**
   * Asked how the server wants to be treated, with what it has shown so far: nothing yet, then each time that somebody has
   * logged in, and each time that it has answered ID. The last answer counts.
   */
  readonly adapt?: (signs: ServerSigns) => ServerHabits
  /** Told when the server asks for patience, as far as `backoff` of its habits knows the words: until then it is left alone. */
  readonly paused?: (until: Date) => void
  /** Extensions that are not used although the server offers them, such as `QRESYNC`. */
  readonly avoid?: readonly string[]
  /** Gets the lines of the protocol, without passwords and without mail. */
  readonly trace?: (line: string) => void
  /** Waits, for the few places that look at something again later. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** The time of day in milliseconds, by which a machine that slept is noticed. */
  readonly now?: () => number
}
