import type { X509Certificate } from 'node:crypto'
import { type Credential, type ErrorScope, MailtideError } from '@mailtide/contracts'
import { describeFingerprints, fingerprintOf } from './fingerprint.ts'
import type { Completion } from './status-text.ts'

/** Who was not let in, and by what. */
export interface RefusedLogin {
  readonly host: string
  readonly user: string | undefined
  /** What the server did not take; a password unless told. */
  readonly by?: Credential['kind'] | 'other' | undefined
}

const loginHints: Readonly<Record<NonNullable<RefusedLogin['by']>, string>> = {
  password: 'Check the user name and the password, or whether this provider asks for an app password.',
  'access-token': 'Log in anew (mailtide login ACCOUNT), and check that the token is for this user and for IMAP.',
  other: 'Check what the server knows of this user: certificate, ticket, or whose mail may be opened.',
}

/**
 * The server refused the user's name, password or token, or lets nobody in just now, which only its words tell apart
 * (RFC 5530, 3: UNAVAILABLE, INUSE, LIMIT).
 */
export function loginRefused({ host, user, by }: RefusedLogin, reason: string, cause?: unknown): MailtideError {
  return new MailtideError('imap/login-refused', `${host} refused to log in ${user ?? 'us'}${because(reason)}`, {
    scope: 'account',
    retryable: isTemporary(reason),
    hint: loginHints[by ?? 'password'],
    cause,
  })
}

/** Whether a refusal is about the moment and not about who asks. */
export function isTemporary(reason: string): boolean {
  return /\b(UNAVAILABLE|INUSE|LIMIT)\b|temporar|try again|too many|maximum number|throttled/i.test(reason)
}

/** No mechanism that is wanted is offered by the server and possible here. */
export function noLoginMethod(host: string, reasons: readonly string[], offered: string): MailtideError {
  return new MailtideError(
    'imap/no-login-method',
    `there is no way to log in to ${host}: ${reasons.join(', ')}; it offers ${offered === '' ? 'nothing' : printable(offered)}`,
    { scope: 'account', hint: 'Name mechanisms that the server offers in auth_mechanisms, and what they need.' },
  )
}

/** The configuration names a mechanism that does not exist here. */
export function unknownMechanism(name: string, known: readonly string[]): MailtideError {
  return new MailtideError('imap/unknown-mechanism', `there is no way to log in called ${printable(name)}`, {
    scope: 'account',
    hint: `auth_mechanisms may name ${known.join(', ')}.`,
  })
}

/** Whoever answers does not know the password, and so may not be the server: nothing weaker is tried on it. */
export function serverUnproven(host: string, reason: string): MailtideError {
  return new MailtideError('imap/server-unproven', `${host} did not prove that it is the server${because(reason)}`, {
    scope: 'account',
    hint: 'Someone may be listening in between, or the server is broken: nothing else was sent.',
  })
}

/** Encryption was asked for, and the line has none: nothing secret was sent. */
export function lineNotEncrypted(host: string): MailtideError {
  return new MailtideError('imap/not-encrypted', `the line to ${host} is not encrypted`, { scope: 'account' })
}

/** The client certificate, or its key, cannot be read. */
export function clientCertificateUnusable(reason: string): MailtideError {
  return new MailtideError('imap/client-certificate', `the client certificate cannot be used${because(reason)}`, {
    scope: 'account',
    hint: 'sslclientcert and sslclientkey have to name PEM files that belong together; the key without a passphrase.',
  })
}

/** The server lets no one log in over this connection (LOGINDISABLED, RFC 9051, 6.2.3). */
export function loginDisabled(host: string): MailtideError {
  return new MailtideError('imap/login-refused', `${host} allows no login on this connection (LOGINDISABLED)`, {
    scope: 'account',
    hint: 'Most servers that say so want encryption: use TLS (ssl = yes) or STARTTLS (starttls = yes).',
  })
}

/** No connection came about: refused, no such name, no route, no answer. */
export function unreachable(host: string, port: number, reason: string, cause: unknown): MailtideError {
  return new MailtideError('imap/unreachable', `${host}:${port} cannot be reached${because(reason)}`, {
    scope: 'account',
    retryable: true,
    hint: 'Check the host name, the port and the network.',
    cause,
  })
}

/** The certificate, or the TLS handshake, did not pass. */
export function tlsFailed(host: string, port: number, reason: string, cause?: unknown): MailtideError {
  return new MailtideError('imap/tls', `${host}:${port} failed the TLS check${because(reason)}`, {
    scope: 'account',
    hint: 'If this server is yours, name its authority in sslcacertfile or its certificate in cert_fingerprint.',
    cause,
  })
}

/** Nobody who is trusted vouches for the certificate; it is shown, so that it may be named instead. */
export function authorityUnknown(
  host: string,
  port: number,
  reason: string,
  certificate: X509Certificate | undefined,
  cause: unknown,
): MailtideError {
  const error = tlsFailed(host, port, reason, cause)
  if (!certificate) return error
  const line = `cert_fingerprint = ${fingerprintOf(certificate)}`
  return new MailtideError(error.code, error.message, {
    scope: error.scope,
    hint: `Name its authority in sslcacertfile; or, if you know this certificate for the right one, write instead: ${line}`,
    cause,
  })
}

/** The certificate has none of the fingerprints that were given. */
export function fingerprintUnlisted(
  host: string,
  port: number,
  certificate: X509Certificate | undefined,
  listed: readonly string[],
): MailtideError {
  if (!certificate) return tlsFailed(host, port, 'it shows no certificate, and cert_fingerprint demands one')
  const found = describeFingerprints(certificate, listed)
  const message = `${host}:${port} failed the TLS check: cert_fingerprint does not list the certificate's fingerprint: ${found}`
  return new MailtideError('imap/tls', message, {
    scope: 'account',
    hint: `Only if you know this certificate for the right one, write: cert_fingerprint = ${fingerprintOf(certificate)}`,
  })
}

/** The connection ended in the handshake without a word, as some servers answer versions that they do not speak. */
export function hungUpInTls(host: string, port: number, versions: TlsVersions, cause: unknown): MailtideError {
  const allowed = describeVersions(versions)
  return new MailtideError('imap/tls', `${host}:${port} hung up during the TLS handshake`, {
    scope: 'account',
    retryable: true,
    hint: `Perhaps it speaks no TLS on this port, or no version that is allowed here (${allowed}; ssl_version and tls_level).`,
    cause,
  })
}

/** Server and configuration have no version of TLS in common. */
export function tlsVersionRefused(host: string, port: number, versions: TlsVersions, cause: unknown): MailtideError {
  const message = `${host}:${port} speaks no version of TLS that is allowed here (${describeVersions(versions)})`
  return new MailtideError('imap/tls-version', message, {
    scope: 'account',
    hint: 'ssl_version and tls_level say which are allowed: change them, or better have the server speak TLSv1.2 or newer.',
    cause,
  })
}

/** The oldest and the newest. */
type TlsVersions = readonly [string, string]

function describeVersions([min, max]: TlsVersions): string {
  return min === max ? `${min} alone` : `${min} to ${max}`
}

/** A tunnel that should lead in at once leads to a server that wants a login. */
export function notPreauthenticated(host: string): MailtideError {
  return new MailtideError('imap/not-preauthenticated', `the tunnel to ${host} does not greet with PREAUTH`, {
    scope: 'account',
    hint: 'preauthtunnel has to start a server for a known user; where a login is needed, it is transporttunnel.',
  })
}

/** Encryption was asked for and the server doesn't offer STARTTLS; nothing secret was sent. */
export function starttlsMissing(host: string, port: number, reason: string): MailtideError {
  return new MailtideError('imap/starttls-missing', `${host}:${port} offers no STARTTLS${because(reason)}`, {
    scope: 'account',
    hint: 'Use TLS from the start (ssl = yes, usually port 993); mail is not sent in clear text unless you say so.',
  })
}

/** The connection ended while something was under way. */
export function connectionLost(host: string, reason: string, cause?: unknown): MailtideError {
  return new MailtideError('imap/connection-lost', `the connection to ${host} was lost${because(reason)}`, {
    scope: 'account',
    retryable: true,
    cause,
  })
}

/** The server owed an answer and kept silent. */
export function timedOut(host: string, seconds: number): MailtideError {
  return new MailtideError('imap/timeout', `${host} has been silent for ${seconds} s`, {
    scope: 'account',
    retryable: true,
    hint: 'If the server is just slow, raise socktimeout.',
  })
}

/** More time went by than was waited for: the machine slept, and connections from before are not to be relied on. */
export function clockJumped(host: string, seconds: number): MailtideError {
  return new MailtideError('imap/clock-jumped', `the connection to ${host} was left alone for ${seconds} s`, {
    scope: 'account',
    retryable: true,
  })
}

/** The server no longer tells of changes (RFC 5465, 5.8: NOTIFICATIONOVERFLOW). */
export function newsOverflowed(host: string): MailtideError {
  return new MailtideError('imap/news-overflowed', `${host} has more changes than it can tell of`, {
    scope: 'account',
    retryable: true,
  })
}

/** The server said NO or BAD. */
export function refused(what: string, answer: Completion, scope: ErrorScope): MailtideError {
  const throttled = isThrottled(answer)
  const code = throttled ? 'imap/throttled' : isBusy(answer) ? 'imap/busy' : 'imap/refused'
  return new MailtideError(
    code,
    `the server refused ${what}: ${answer.status} ${printable(answer.text)}`,
    throttled
      ? { scope: 'account', retryable: true, hint: 'The server asks for a pause; try again later.' }
      : { scope },
  )
}

/** The server wants to be left alone for longer than anybody waits. */
export function serverResting(host: string, until: Date): MailtideError {
  return new MailtideError('imap/throttled', `${host} asks for patience: it resumes at ${timeOfDay(until)}`, {
    scope: 'account',
    retryable: true,
    hint: 'Sync again after that; less often, if this happens every day.',
  })
}

function timeOfDay(time: Date): string {
  return `${String(time.getHours()).padStart(2, '0')}:${String(time.getMinutes()).padStart(2, '0')}`
}

/** Whether a refusal is about our pace and not about what was asked for (Exchange, Gmail). */
export function isThrottled(answer: Completion): boolean {
  if (answer.code === 'THROTTLED' || /throttled|suggested backoff|too many requests/i.test(answer.text)) return true
  return answer.pause !== undefined && !isBusy(answer)
}

/** Whether a refusal may pass, and may as well be about just this (RFC 5530, 3). */
export function isBusy({ code, pause }: Completion): boolean {
  return pause !== undefined && isBusyCode(code)
}

/** Whether a response code may be about just what was asked for. */
export function isBusyCode(code: string): boolean {
  return /^(?:UNAVAILABLE|INUSE|SERVERBUG|LIMIT)$/.test(code)
}

/** The server broke the protocol, so that nothing more it says can be relied on. */
export function protocolError(reason: string): MailtideError {
  return new MailtideError('imap/protocol', `the server broke the protocol: ${printable(reason)}`, {
    scope: 'account',
    retryable: true,
  })
}

/** The folder, or our access to it, allows no changes. */
export function readOnlyFolder(name: string): MailtideError {
  return new MailtideError('imap/read-only', `the folder ${printable(name)} is read-only`, { scope: 'folder' })
}

/** UIDs have lost their meaning since the folder was last listed (RFC 9051, 2.3.1.1). */
export function epochChanged(name: string): MailtideError {
  return new MailtideError('imap/epoch-changed', `UIDVALIDITY of ${printable(name)} changed meanwhile`, {
    scope: 'folder',
    retryable: true,
  })
}

/** A folder's name cannot be said in the form that was chosen for names. */
export function unsuitableName(name: string): MailtideError {
  return new MailtideError('imap/folder-name', `${printable(name)} is no folder name for this server`, {
    scope: 'folder',
    hint: 'Rename the folder, or set utf8foldernames = yes.',
  })
}

/** On the server this one folder would become several, one inside the other. */
export function separatorInName(name: string, separator: string): MailtideError {
  return new MailtideError(
    'imap/folder-name',
    `${printable(name)} holds ${printable(separator)}, which parts folders on this server`,
    { scope: 'folder', hint: 'Translate the name with nametrans, or rename the folder.' },
  )
}

/** The server would not make a folder of this name. */
export function folderRefused(name: string, answer: Completion, prefix: string): MailtideError {
  const error = refused(`to create ${printable(name)}`, answer, 'folder')
  if (prefix === '' || name.startsWith(prefix)) return error
  return new MailtideError(error.code, error.message, {
    scope: error.scope,
    retryable: error.retryable,
    hint: `This server keeps folders under ${printable(prefix)}: translate the name with nametrans.`,
  })
}

/** The server listed nothing, not even INBOX, which every account has, or nothing where it was asked to look. */
export function noFolders(host: string, reference = ''): MailtideError {
  const where = reference === '' ? 'at all, not even INBOX' : `under ${printable(reference)}`
  return new MailtideError('imap/no-folders', `${host} listed no folders ${where}`, {
    scope: 'account',
    retryable: true,
    ...(reference === '' ? {} : { hint: 'Check the option reference.' }),
  })
}

/** Only folders that are subscribed to were asked for, and there are none. */
export function noSubscriptions(host: string): MailtideError {
  return new MailtideError('imap/no-folders', `${host} lists no folders that are subscribed to`, {
    scope: 'account',
    hint: 'Subscribe to some in a mail program, or set subscribedonly = no.',
  })
}

/** The server listed fewer messages than it says it has. */
export function incompleteList(name: string): MailtideError {
  return new MailtideError('imap/incomplete-list', `the server left messages out of the list of ${printable(name)}`, {
    scope: 'folder',
    retryable: true,
  })
}

/** One message that the server would not hand out. */
export function unreadable(uid: number, reason: string): MailtideError {
  return new MailtideError('imap/unreadable', `message ${uid} cannot be read: ${printable(reason)}`, {
    scope: 'message',
    retryable: true,
  })
}

/** The server said that it stored messages, but not under which UIDs, and they cannot be found. */
export function appendedUnseen(name: string): MailtideError {
  return new MailtideError('imap/appended-unseen', `what was stored in ${printable(name)} does not show up there yet`, {
    scope: 'folder',
    retryable: true,
  })
}

/** One message that this server cannot store as it is. */
export function unstorable(reason: string, hint?: string): MailtideError {
  return new MailtideError('imap/unstorable', `the message cannot be stored: ${printable(reason)}`, {
    scope: 'message',
    ...(hint === undefined ? {} : { hint }),
  })
}

/** Bodies that end early or late, found while they were on their way out. */
export function brokenSource(expected: number, cause?: unknown): MailtideError {
  return new MailtideError('imap/broken-source', `a message of ${expected} octets did not come in that size`, {
    scope: 'folder',
    retryable: true,
    cause,
  })
}

/** A body that is streamed was asked for after the next message, when it was gone. */
export function bodyPassedBy(): MailtideError {
  return new MailtideError('imap/body-passed-by', 'a body has to be taken before the next message', {
    scope: 'message',
  })
}

/** The repository, or the folder, was closed by its owner. */
export function alreadyClosed(what: string): MailtideError {
  return new MailtideError('imap/closed', `${what} is closed`, { scope: 'folder' })
}

/** A server's words, safe to print. */
export function printable(text: string): string {
  const clean = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim()
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean
}

function because(reason: string): string {
  const clean = printable(reason)
  return clean === '' ? '' : `: ${clean}`
}

/** Others keep marking messages, and this server can only expunge all that are marked. */
export function foreignDeletions(name: string): MailtideError {
  return new MailtideError('imap/foreign-deletions', `others are deleting messages in ${printable(name)} right now`, {
    scope: 'folder',
    retryable: true,
    hint: 'This server cannot remove single messages (UIDPLUS); nothing was removed.',
  })
}
