import tls, { type SecureContextOptions } from 'node:tls'

/** A version of TLS, as Node writes it. */
export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'

/** Which versions an account allows; Node's own limits where it says nothing. */
export interface TlsVersionLimits {
  readonly minTlsVersion?: TlsVersion
  readonly maxTlsVersion?: TlsVersion
}

const versions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

/** The versions in force; what Node allows may have been set by the program. A highest one alone that is older than the lowest of Node lowers that one with it. */
export function allowedTlsVersions({ minTlsVersion, maxTlsVersion }: TlsVersionLimits): [TlsVersion, TlsVersion] {
  const max = maxTlsVersion ?? tls.DEFAULT_MAX_VERSION
  const min =
    minTlsVersion ?? (versions.indexOf(max) < versions.indexOf(tls.DEFAULT_MIN_VERSION) ? max : tls.DEFAULT_MIN_VERSION)
  return [min, max]
}

/** The same for `createSecureContext`. OpenSSL 3 has ciphers for TLS before 1.2 at its lowest level of security alone. */
export function tlsVersionSettings(limits: TlsVersionLimits): SecureContextOptions {
  const [minVersion, maxVersion] = allowedTlsVersions(limits)
  const isOld = minVersion === 'TLSv1' || minVersion === 'TLSv1.1'
  return { minVersion, maxVersion, ...(isOld ? { ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` } : {}) }
}
