import { createSecureContext, getCACertificates, type SecureContext, TLSSocket } from 'node:tls'
import { clientCertificateUnusable, fingerprintUnlisted } from './errors.ts'
import { isFingerprintOf, plainFingerprint } from './fingerprint.ts'
import type { ImapOptions } from './options.ts'
import { tlsVersionSettings } from './tls-versions.ts'

/** Decides which servers are believed to be who they say. */
export interface Trust {
  /** For `tls.connect`. */
  readonly settings: { readonly rejectUnauthorized: boolean; readonly secureContext: SecureContext }
  /** Throws `imap/tls` if fingerprints are demanded and this certificate has none of them. */
  check(socket: unknown): void
}

/** Reads the authorities, which takes a while, so once a repository. */
export function createTrust(options: ImapOptions): Trust {
  const fingerprints = (options.fingerprints ?? []).map(plainFingerprint)
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
      const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
      if (certificate && fingerprints.some((fingerprint) => isFingerprintOf(certificate, fingerprint))) return
      throw fingerprintUnlisted(options.host, options.port, certificate, fingerprints)
    },
  }
}

function secureContextOf(options: ImapOptions, ca: string | string[] | undefined): SecureContext {
  const settings = { ...tlsVersionSettings(options), ...(ca === undefined ? {} : { ca }) }
  const { clientCertificate: cert, clientKey: key = cert } = options
  if (cert === undefined || key === undefined) return createSecureContext(settings)
  try {
    return createSecureContext({ ...settings, cert, key })
  } catch (thrown) {
    throw clientCertificateUnusable(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

function systemAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
}
