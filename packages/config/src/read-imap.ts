import type { ImapConfig } from './config.ts'
import { imapOptions } from './options-imap.ts'
import { readLogin } from './read-login.ts'
import { readRules } from './read-rules.ts'
import { createSectionReader, type ReaderContext, type SectionReader } from './section-reader.ts'

type ImapReader = SectionReader<typeof imapOptions>

/** What `type = Gmail` fills in. */
const gmailHost = 'imap.gmail.com'

/** Reads a `[Repository …]` of type IMAP or Gmail, once {@link checkValues} has read its options. */
export function readImap(name: string, context: ReaderContext): ImapConfig {
  const reader = createSectionReader(`Repository ${name}`, imapOptions, context)
  const type = reader.text('type') === 'Gmail' ? 'Gmail' : 'IMAP'
  const tunnel = readTunnel(reader)
  const encryption = readEncryption(reader, tunnel)
  const fingerprints = readFingerprints(reader)
  const onlyIpv6 = reader.boolean('ipv6')
  const folderSort = reader.expression('foldersort')
  const newMailHook = reader.expression('newmail_hook')
  const copyIgnore = reader.expression('copy_ignore_eval')
  const reference = reader.text('reference') || undefined
  const holdConnectionOpen = reader.boolean('holdconnectionopen')
  const keepAlive = reader.number('keepalive') ?? 0
  const idleFolders = reader.expression('idlefolders')
  return {
    ...readRules(name, reader),
    type,
    host: reader.expression('remotehosteval') ?? readHost(reader, type, tunnel),
    port:
      reader.expression('remoteporteval') ?? readCount(reader, 'remoteport', encryption === 'tls' ? 993 : 143, 65535),
    login: readLogin(reader, type),
    ...(folderSort && { folderSort }),
    encryption,
    certificateAuthorities: readAuthorities(reader, fingerprints),
    fingerprints,
    ...(onlyIpv6 === undefined ? {} : { family: onlyIpv6 ? 6 : 4 }),
    ...readTlsVersion(reader),
    ...(tunnel && { tunnel }),
    compression: reader.boolean('usecompression') ?? false,
    ...(holdConnectionOpen !== undefined && { holdConnectionOpen }),
    ...(keepAlive > 0 && { keepAlive }),
    ...(idleFolders && { idleFolders }),
    ...(reader.isSet('maxconnections') && { maxConnections: readCount(reader, 'maxconnections', 3, 1000) }),
    expunge: reader.boolean('expunge') ?? true,
    subscribedOnly: reader.boolean('subscribedonly') ?? false,
    ...(reference !== undefined && { reference }),
    attempts: Math.max(1, reader.number('retrycount') ?? 3),
    ...(newMailHook && { newMailHook }),
    ...(copyIgnore && { copyIgnore }),
  }
}

function readHost(reader: ImapReader, type: ImapConfig['type'], tunnel: ImapConfig['tunnel']): string {
  const host = reader.verbatim('remotehost') ?? ''
  if (host === '' && tunnel) return 'localhost'
  if (type === 'Gmail' && !reader.isSet('remotehost')) return gmailHost
  const hint = 'Name the server, for example imap.example.org.'
  if (!reader.isSet('remotehost')) {
    reader.problem('error', 'remotehost', `[${reader.section}] lacks remotehost`, hint)
  } else if (host === '') reader.problem('error', 'remotehost', 'remotehost is empty', hint)
  const [, name, port] = /^([^:]+):(\d+)$/.exec(host) ?? []
  if (name !== undefined && port !== undefined) {
    reader.problem(
      'error',
      'remotehost',
      'remotehost holds a port',
      `Write remotehost = ${name}, remoteport = ${port}.`,
    )
  } else if (/[\s/]/.test(host)) {
    reader.problem('error', 'remotehost', `remotehost is no name of a server: '${host}'`, 'Write the name alone.')
  }
  return host
}

function readCount(
  reader: ImapReader,
  name: 'remoteport' | 'maxconnections',
  fallback: number,
  largest: number,
): number {
  const count = reader.number(name) ?? fallback
  if (count >= 1 && count <= largest) return count
  reader.problem('error', name, `${name} lies between 1 and ${largest}, ${count} does not`, `Usual is ${fallback}.`)
  return fallback
}

/** OfflineIMAP goes on in clear text where a server offers no STARTTLS; here that takes `starttls = no`. */
function readEncryption(reader: ImapReader, tunnel: ImapConfig['tunnel']): ImapConfig['encryption'] {
  // What comes logged in is past all of it.
  if (tunnel?.preauthenticated) return 'none'
  if (reader.boolean('ssl') ?? true) return 'tls'
  if (reader.boolean('starttls') ?? true) return 'starttls'
  const host = reader.verbatim('remotehost') ?? ''
  if (!tunnel && !/^(localhost|127\.[\d.]+|::1)$/.test(host)) {
    const message = 'with ssl = no and starttls = no, the password and all mail are sent in clear text'
    reader.problem('warning', 'starttls', message, 'Delete one of the two, unless the way to the server is safe.')
  }
  return 'none'
}

function readAuthorities(reader: ImapReader, fingerprints: readonly string[]): ImapConfig['certificateAuthorities'] {
  const written = reader.verbatim('sslcacertfile') ?? ''
  if (written === '' && fingerprints.length > 0) return 'unchecked'
  const file = reader.text('sslcacertfile')
  return written === '' || written === 'OS-DEFAULT' || file === undefined ? 'system' : { file }
}

const digests: Readonly<Record<number, string>> = {
  40: 'SHA-1',
  56: 'SHA-224',
  64: 'SHA-256',
  96: 'SHA-384',
  128: 'SHA-512',
}

function readFingerprints(reader: ImapReader): string[] {
  const fingerprints = reader.list('cert_fingerprint').map((text) => text.replace(/[:\s]/g, '').toLowerCase())
  for (const fingerprint of fingerprints) {
    if (/^[0-9a-f]+$/.test(fingerprint) && digests[fingerprint.length] !== undefined) continue
    const message = `cert_fingerprint holds '${fingerprint}', which is no digest of a certificate`
    reader.problem(
      'error',
      'cert_fingerprint',
      message,
      `Write ${Object.values(digests).join(', ')} in hex, with commas between.`,
    )
  }
  return fingerprints
}

/** OfflineIMAP ignores `preauthtunnel` for Gmail, which has none. */
function readTunnel(reader: ImapReader): ImapConfig['tunnel'] {
  const preauthenticated = reader.text('preauthtunnel') ?? ''
  const transport = reader.text('transporttunnel') ?? ''
  if (preauthenticated !== '' && transport !== '') {
    const message = 'preauthtunnel and transporttunnel are both set'
    reader.problem('error', 'transporttunnel', message, 'Delete one: there is one way to the server.')
  }
  if (preauthenticated !== '') return { command: preauthenticated, preauthenticated: true }
  return transport === '' ? undefined : { command: transport, preauthenticated: false }
}

/** The names of versions in `ssl_version`; undefined leaves the choice to both sides. */
const tlsVersions: Readonly<Record<string, NonNullable<ImapConfig['tlsVersion']> | undefined>> = {
  ssl23: undefined,
  tls1: 'TLSv1',
  tls1_1: 'TLSv1.1',
  tls1_2: 'TLSv1.2',
}

/** What each `tls_level` forbids. */
const forbidden: Readonly<Record<string, readonly string[]>> = {
  tls_secure: ['ssl23', 'tls1'],
  tls_no_ssl: ['ssl23'],
  tls_compat: [],
}

function readTlsVersion(reader: ImapReader): Pick<ImapConfig, 'tlsVersion'> {
  const named = reader.text('ssl_version') ?? ''
  const level = reader.text('tls_level') ?? 'tls_compat'
  if (forbidden[level] === undefined) {
    const hint = `There are ${Object.keys(forbidden).join(', ')}.`
    reader.problem('error', 'tls_level', `tls_level is '${level}', which there is not`, hint)
  }
  if (named === '') return {}
  if (!Object.hasOwn(tlsVersions, named)) {
    const isOld = /^ssl[23]$/.test(named)
    const message = isOld
      ? `${named} is broken, and spoken by nobody any more`
      : `ssl_version is '${named}', which there is not`
    reader.problem('error', 'ssl_version', message, 'Leave it out, or write tls1_2.')
    return {}
  }
  if (forbidden[level]?.includes(named)) {
    reader.problem('error', 'ssl_version', `tls_level = ${level} forbids ssl_version = ${named}`, 'Leave both out.')
  }
  const tlsVersion = tlsVersions[named]
  return tlsVersion === undefined ? {} : { tlsVersion }
}
