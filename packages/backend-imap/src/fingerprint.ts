import { createHash, type X509Certificate } from 'node:crypto'

/** Digests by the length of their hexadecimal text. */
const digests: ReadonlyMap<number, string> = new Map([
  [40, 'SHA-1'],
  [56, 'SHA-224'],
  [64, 'SHA-256'],
  [96, 'SHA-384'],
  [128, 'SHA-512'],
])

/** Takes colons, blanks and the case out of a fingerprint. */
export function plainFingerprint(text: string): string {
  return text.toLowerCase().replaceAll(/[: ]/g, '')
}

/** Whether a plain fingerprint, of any of the digests, is this certificate's. */
export function isFingerprintOf(certificate: X509Certificate, fingerprint: string): boolean {
  const name = digests.get(fingerprint.length)
  return name !== undefined && digest(certificate, name) === fingerprint
}

/** The SHA-256 of a certificate, in hexadecimal. */
export function fingerprintOf(certificate: X509Certificate): string {
  return digest(certificate, 'SHA-256')
}

/** Its SHA-256, and behind that its digests of the kinds that these fingerprints are of. */
export function describeFingerprints(certificate: X509Certificate, like: readonly string[]): string {
  const names = like.map(({ length }) => digests.get(length)).filter((name) => name !== undefined)
  return [...new Set(['SHA-256', ...names])].map((name) => `${name} ${digest(certificate, name)}`).join(', ')
}

function digest({ raw }: X509Certificate, name: string): string {
  return createHash(name.replace('-', '').toLowerCase()).update(raw).digest('hex')
}
