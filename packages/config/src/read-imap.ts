import { createSecret } from '@mailtide/contracts'
import type { ImapConfig } from './config.ts'
import { imapOptions } from './options-imap.ts'
import { readRules } from './read-rules.ts'
import { createSectionReader, type ReaderContext, type SectionReader } from './section-reader.ts'

type ImapReader = SectionReader<typeof imapOptions>

/** What `type = Gmail` fills in. */
const gmailHost = 'imap.gmail.com'

/** Reads a `[Repository …]` of type IMAP or Gmail, once {@link checkValues} has read its options. */
export function readImap(name: string, context: ReaderContext): ImapConfig {
  const reader = createSectionReader(`Repository ${name}`, imapOptions, context)
  const type = reader.text('type') === 'Gmail' ? 'Gmail' : 'IMAP'
  const encryption = readEncryption(reader)
  const fingerprints = readFingerprints(reader)
  const onlyIpv6 = reader.boolean('ipv6')
  const folderSort = reader.expression('foldersort')
  return {
    ...readRules(name, reader),
    type,
    host: reader.expression('remotehosteval') ?? readHost(reader, type),
    port:
      reader.expression('remoteporteval') ?? readCount(reader, 'remoteport', encryption === 'tls' ? 993 : 143, 65535),
    user: reader.expression('remoteusereval') ?? required(reader, 'remoteuser', 'Name the user to log in as.'),
    ...readPassword(reader),
    ...(folderSort && { folderSort }),
    encryption,
    certificateAuthorities: readAuthorities(reader, fingerprints),
    fingerprints,
    ...(onlyIpv6 === undefined ? {} : { family: onlyIpv6 ? 6 : 4 }),
    compression: reader.boolean('usecompression') ?? false,
    maxConnections: readCount(reader, 'maxconnections', 4, 1000),
  }
}

function required(reader: ImapReader, name: 'remotehost' | 'remoteuser', hint: string): string {
  const text = reader.verbatim(name)
  if (!reader.isSet(name)) reader.problem('error', name, `[${reader.section}] lacks ${name}`, hint)
  else if (text === '') reader.problem('error', name, `${name} is empty`, hint)
  return text ?? ''
}

function readHost(reader: ImapReader, type: ImapConfig['type']): string {
  if (type === 'Gmail' && !reader.isSet('remotehost')) return gmailHost
  const host = required(reader, 'remotehost', 'Name the server, for example imap.example.org.')
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

type Password = Pick<ImapConfig, 'passwordExpression' | 'password' | 'passwordFile'>

/** OfflineIMAP's order: remotepasseval, then remotepass, then remotepassfile. */
function readPassword(reader: ImapReader): Password {
  const passwordExpression = reader.expression('remotepasseval')
  const password = reader.text('remotepass')
  const passwordFile = reader.text('remotepassfile')
  const ways: readonly (readonly ['remotepasseval' | 'remotepass' | 'remotepassfile', Password])[] = [
    ...(passwordExpression ? [['remotepasseval', { passwordExpression }] as const] : []),
    ...(password === undefined || password === ''
      ? []
      : [['remotepass', { password: createSecret(password) }] as const]),
    ...(passwordFile === undefined ? [] : [['remotepassfile', { passwordFile }] as const]),
  ]
  const [first, ...others] = ways
  for (const [name] of others) {
    reader.problem('warning', name, `${name} is not read: ${first?.[0]} comes first`, 'Delete one.')
  }
  return first?.[1] ?? {}
}

/** OfflineIMAP goes on in clear text where a server offers no STARTTLS; here that takes `starttls = no`. */
function readEncryption(reader: ImapReader): ImapConfig['encryption'] {
  if (reader.boolean('ssl') ?? true) return 'tls'
  if (reader.boolean('starttls') ?? true) return 'starttls'
  const host = reader.verbatim('remotehost') ?? ''
  if (!/^(localhost|127\.[\d.]+|::1)$/.test(host)) {
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
