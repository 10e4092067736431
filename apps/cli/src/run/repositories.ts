import { readFile } from 'node:fs/promises'
import tls from 'node:tls'
import type { ImapConfig, MaildirConfig } from '@mailtide/config'
import type { Repository } from '@mailtide/contracts'
import { noPassword, unreadableFile } from '../errors.ts'

/** What the two ends of an account are made from, besides their own configuration. */
export interface RepositoryContext {
  readonly fsync: boolean
  readonly socketTimeout: number
  readonly utf8FolderNames: boolean
  readonly quick: boolean
  /** At most one connection (`-1`). */
  readonly single: boolean
  warn(text: string): void
  /** For `-d imap`. */
  readonly traceImap?: (line: string) => void
}

/** The Maildir end of an account. */
export async function createLocal(config: MaildirConfig, { fsync, warn }: RepositoryContext): Promise<Repository> {
  const { createMaildirRepository } = await import('@mailtide/backend-maildir')
  return createMaildirRepository({
    root: config.root,
    separator: config.separator,
    infoSeparator: config.infoSeparator,
    durable: fsync,
    mtimeFromReceivedAt: config.mtimeFromInternalDate,
    skipped: (directory, reason) => warn(`${directory} is skipped: ${reason}`),
  })
}

/** The IMAP end of an account. Connects to nothing yet. */
export async function createRemote(config: ImapConfig, context: RepositoryContext): Promise<Repository> {
  // Node's own default, which NODE_OPTIONS could lower; `ssl_version` and `tls_level` are accepted on the strength of it.
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2'
  const { createImapRepository } = await import('@mailtide/backend-imap')
  const { host, port, user, encryption, fingerprints, family, compression } = config
  const authorities = await authoritiesOf(config)
  return createImapRepository({
    host,
    port,
    user,
    password: () => passwordOf(config),
    encryption,
    fingerprints,
    compression,
    timeout: context.socketTimeout,
    connections: context.single ? 1 : config.maxConnections,
    folderNames: context.utf8FolderNames ? 'utf-8' : 'utf-7',
    quick: context.quick,
    ...(authorities === undefined ? {} : { certificateAuthorities: authorities }),
    ...(family === undefined ? {} : { family }),
    ...(context.traceImap === undefined ? {} : { trace: context.traceImap }),
  })
}

/** PEM text; undefined where the back end's own choice is the right one. */
async function authoritiesOf(config: ImapConfig): Promise<string | undefined> {
  const { certificateAuthorities: wanted, fingerprints } = config
  if (wanted === 'unchecked') return undefined
  if (wanted !== 'system') return readNamed('sslcacertfile', wanted.file)
  // With fingerprints alone the back end would check nothing else; here both have to pass.
  if (fingerprints.length === 0) return undefined
  return [...tls.getCACertificates('default'), ...tls.getCACertificates('system')].join('\n')
}

async function passwordOf({ name, password, passwordFile }: ImapConfig): Promise<string> {
  if (password !== undefined) return password.reveal()
  if (passwordFile === undefined) throw noPassword(name)
  const [line = ''] = (await readNamed('remotepassfile', passwordFile)).split('\n', 1)
  return line.trim()
}

async function readNamed(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw unreadableFile(option, file, thrown)
  }
}
