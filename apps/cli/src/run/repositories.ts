import { readFile } from 'node:fs/promises'
import tls from 'node:tls'
import type { ImapOptions } from '@mailtide/backend-imap'
import type { LabelsConfig, MaildirConfig } from '@mailtide/config'
import { type FolderPath, type Repository, segmentsOf } from '@mailtide/contracts'
import { unreadableFile } from '../errors.ts'
import type { AccountLogin } from '../login/account-login.ts'
import { loadKerberos } from '../login/kerberos.ts'
import type { ServerKnowledge } from './profile.ts'
import type { ServerConfig } from './resolve-server.ts'

/** What the two ends of an account are made from, besides their own configuration. */
export interface RepositoryContext {
  readonly fsync: boolean
  readonly socketTimeout: number
  readonly utf8FolderNames: boolean
  readonly quick: boolean
  /** At most one connection (`-1`). */
  readonly single: boolean
  /** How labels are synchronised, if they are. */
  readonly labels?: LabelsConfig | undefined
  /** `TYPE:host:port`. */
  readonly proxy: string | undefined
  warn(text: string): void
  /** Told when a server asks to be left alone until then. */
  paused(until: Date): void
  /** Set where connections outlive a sync: the folders that are watched first. */
  readonly idleFolders?: readonly string[]
  /** For `-d imap`. */
  readonly traceImap?: (line: string) => void
}

/** A Maildir end of an account. `visibleName` is a folder's name after nametrans, where that is known. */
export async function createMaildirEnd(
  config: MaildirConfig,
  { fsync, labels, warn }: RepositoryContext,
  visibleName: (path: FolderPath) => string | undefined = () => undefined,
): Promise<Repository> {
  const { createMaildirRepository } = await import('@mailtide/backend-maildir')
  return createMaildirRepository({
    root: config.root,
    separator: config.separator,
    infoSeparator: config.infoSeparator,
    durable: fsync,
    mtimeFromReceivedAt: config.mtimeFromInternalDate,
    timeFromHeader: config.timeFromHeader,
    nameTimeFromHeader: config.nameTimeFromHeader,
    restoreAccessTime: config.restoreAccessTime,
    customFlags: config.customFlags,
    ...(labels && { labels: { header: labels.header } }),
    localName: (path) => visibleName(path) ?? segmentsOf(path).join(config.separator),
    watching: {
      degraded: (reason) => warn(`${config.root} can't be watched (${reason}): it is looked at every two seconds`),
    },
    skipped: (directory, reason) => warn(`${directory} is skipped: ${reason}`),
  })
}

/** An IMAP end of an account. Connects to nothing yet. */
export async function createImapEnd(
  config: ServerConfig,
  login: AccountLogin,
  context: RepositoryContext,
  knowledge: ServerKnowledge,
): Promise<Repository> {
  // Node's own default, which NODE_OPTIONS could lower; `ssl_version` says so where it is to be another.
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2'
  const { createImapRepository } = await import('@mailtide/backend-imap')
  const { host, port, user, encryption, fingerprints, family, compression, tunnel, tlsVersion } = config
  const { mechanisms, authorizationIdentity, clientCertificate, clientKey } = config.login
  const authorities = await authoritiesOf(config)
  const gssapi = mechanisms?.includes('GSSAPI') === false ? undefined : await loadKerberos()
  return createImapRepository({
    host,
    port,
    user,
    credential: (request, signal) => login.find(request, signal),
    accepted: (credential) => login.accepted(credential, { host, port, user }),
    ...(mechanisms && { mechanisms }),
    ...(authorizationIdentity !== undefined && { authorizationIdentity }),
    ...(clientCertificate !== undefined && { clientCertificate: await readPem('sslclientcert', clientCertificate) }),
    ...(clientKey !== undefined && { clientKey: await readPem('sslclientkey', clientKey) }),
    ...(gssapi && { gssapi }),
    ...(context.proxy !== undefined && { proxy: await proxyOf(context.proxy) }),
    ...(tunnel && { tunnel }),
    ...(context.labels && { labels: { header: context.labels.header } }),
    expunge: config.expunge,
    subscribedOnly: config.subscribedOnly,
    ...(config.reference !== undefined && { reference: config.reference }),
    ...(tlsVersion && { minTlsVersion: tlsVersion, maxTlsVersion: tlsVersion }),
    encryption,
    fingerprints,
    compression,
    timeout: context.socketTimeout,
    adapt: knowledge.adapt,
    paused: context.paused,
    folderNames: context.utf8FolderNames ? 'utf-8' : 'utf-7',
    quick: context.quick,
    ...(context.idleFolders && keeping(config, context.idleFolders)),
    ...(authorities === undefined ? {} : { certificateAuthorities: authorities }),
    ...(family === undefined ? {} : { family }),
    ...(context.traceImap === undefined ? {} : { trace: context.traceImap }),
  })
}

/** What becomes of connections between syncs: with `idlefolders`, they are kept unless told otherwise. */
function keeping(
  { holdConnectionOpen, keepAlive = 540, idleFolders }: ServerConfig,
  watched: readonly string[],
): Pick<ImapOptions, 'unused' | 'watching'> {
  const isHeld = holdConnectionOpen ?? idleFolders !== undefined
  return {
    unused: isHeld ? { keepAlive } : { restAfter: 30 },
    watching: { idleConnections: watched.length },
  }
}

/** PEM text; undefined where the back end's own choice is the right one. */
async function authoritiesOf({
  certificateAuthorities: wanted,
  fingerprints,
}: ServerConfig): Promise<string | undefined> {
  if (wanted === 'unchecked') return undefined
  if (wanted !== 'system') return readPem('sslcacertfile', wanted.file)
  // With fingerprints alone the back end would check nothing else; here both have to pass.
  if (fingerprints.length === 0) return undefined
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')].join('\n')
}

async function readPem(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw unreadableFile(option, file, thrown)
  }
}

async function proxyOf(text: string) {
  const { parseProxy } = await import('@mailtide/proxy-connect')
  return parseProxy(text)
}
