import { createHash } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext, TLSSocket } from 'node:tls'
import { clientCertificateUnusable, tlsFailed } from './errors.ts'
import type { ImapOptions } from './options.ts'

/** Decides which servers are believed to be who they say. */
export interface Trust {
  /** For `tls.connect`. */
  readonly settings: { readonly rejectUnauthorized: boolean; readonly secureContext: SecureContext }
  /** Throws `imap/tls` if fingerprints are demanded and this certificate has none of them. */
  check(socket: unknown): void
}

/** Digest names by the length of their hexadecimal text. */
const digests: ReadonlyMap<number, string> = new Map([
  [40, 'sha1'],
  [56, 'sha224'],
  [64, 'sha256'],
  [96, 'sha384'],
  [128, 'sha512'],
])

/** Reads the authorities, which takes a while, so once a repository. */
export function createTrust(options: ImapOptions): Trust {
  const fingerprints = (options.fingerprints ?? []).map((text) => text.toLowerCase().replaceAll(/[: ]/g, ''))
  const { certificateAuthorities } = options
  const checksChain = certificateAuthorities !== undefined || fingerprints.length === 0
  const needsAuthorities = checksChain && options.encryption !== 'none'
  return {
    settings: {
      rejectUnauthorized: checksChain,
      secureContext: secureContextOf(
        options,
        needsAuthorities ? (certificateAuthorities ?? systemAuthorities()) : undefined,
      ),
    },
    check(socket) {
      if (fingerprints.length === 0) return
      const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.raw : undefined
      const matches =
        certificate && fingerprints.some((fingerprint) => fingerprint === digestOf(certificate, fingerprint))
      if (matches) return
      const found = certificate ? digestOf(certificate, fingerprints[0]!) : 'none'
      throw tlsFailed(
        options.host,
        options.port,
        `the certificate's fingerprint is ${found}, which cert_fingerprint does not list`,
      )
    },
  }
}

function secureContextOf(options: ImapOptions, ca: string | string[] | undefined): SecureContext {
  const authorities = ca === undefined ? {} : { ca }
  const { clientCertificate: cert, clientKey: key = cert } = options
  if (cert === undefined || key === undefined) return createSecureContext(authorities)
  try {
    return createSecureContext({ ...authorities, cert, key })
  } catch (thrown) {
    throw clientCertificateUnusable(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function systemAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
}

function digestOf(certificate: Buffer, like: string): string {
  return createHash(digests.get(like.length) ?? 'sha256')
    .update(certificate)
    .digest('hex')
}
