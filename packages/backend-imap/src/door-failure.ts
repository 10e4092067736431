import type { X509Certificate } from 'node:crypto'
import { MailtideError } from '@mailtide/contracts'
import {
  authorityUnknown,
  connectionLost,
  hungUpInTls,
  starttlsMissing,
  timedOut,
  tlsFailed,
  tlsVersionRefused,
  unreachable,
} from './errors.ts'
import type { ImapOptions } from './options.ts'
import { allowedTlsVersions } from './tls-versions.ts'
import { withoutSecrets } from './without-secrets.ts'

/** What may be known of a failure of imapflow, of the TLS layer or of the network. */
interface Failure {
  readonly message?: string
  readonly code?: string
  readonly responseText?: string
  readonly serverResponseCode?: string
  readonly response?: unknown
  readonly reason?: string
  readonly tlsFailed?: boolean
  readonly errors?: readonly Failure[]
}

const networkCodes = /^(E[A-Z]+|CONNECT_TIMEOUT|EAI_[A-Z]+)$/
const certificateCodes =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|ERR_OSSL|EPROTO)/

/** What the certificate lacks, for the failures that people meet. */
const certificateReasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed and no authority vouches for it',
  SELF_SIGNED_CERT_IN_CHAIN: 'the chain of the certificate ends in an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate was issued by an authority that is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate was issued by an authority that is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate was issued by an authority that is not trusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host name',
}

const authorityCodes = /^(DEPTH_ZERO_SELF|SELF_SIGNED_|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY)/
// What OpenSSL calls it, by who notices: we, or the server.
const versionCodes =
  /^ERR_SSL_(UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|TLSV1_ALERT_PROTOCOL_VERSION)$/

/** What is known besides what was thrown. */
export interface DoorCircumstances {
  readonly secrets: readonly string[]
  /** What the server showed. */
  readonly certificate: X509Certificate | undefined
}

/** Tells in our terms why no logged-in connection came about. What is secret stays out of what is told. */
export function describeDoorFailure(
  thrown: unknown,
  options: ImapOptions,
  { secrets, certificate }: DoorCircumstances,
): MailtideError {
  if (thrown instanceof MailtideError) return withoutSecretWords(thrown, secrets)
  const { host, port } = options
  const failure: Failure = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }
  const code = failure.code ?? failure.errors?.[0]?.code ?? ''
  const words = withoutSecrets(wordsOf(failure), secrets)
  // Its own properties may hold what was sent, so only a copy of the words goes along.
  const cause = new Error(words)
  if (certificateCodes.test(code)) {
    if (versionCodes.test(code)) return tlsVersionRefused(host, port, allowedTlsVersions(options), cause)
    const reason = certificateReasons[code]
    if (reason && authorityCodes.test(code)) {
      return authorityUnknown(host, port, `${reason} (${code})`, certificate, cause)
    }
    return tlsFailed(host, port, reason ? `${reason} (${code})` : `${words} (${code})`, cause)
  }
  if (/before secure TLS connection/.test(words)) return hungUpInTls(host, port, allowedTlsVersions(options), cause)
  if (failure.tlsFailed) {
    const isMissing = /does not support STARTTLS|not possible after a PREAUTH/.test(failure.message ?? '')
    return isMissing ? starttlsMissing(host, port, words) : tlsFailed(host, port, words, cause)
  }
  if (code === 'GREETING_TIMEOUT' || code === 'ETIMEOUT') return timedOut(host, options.timeout || 30)
  if (networkCodes.test(code)) return unreachable(host, port, words, cause)
  return connectionLost(host, withoutSecrets(failure.reason ?? words, secrets), cause)
}

/** A tunnel may say on stderr whatever goes through it. */
function withoutSecretWords(error: MailtideError, secrets: readonly string[]): MailtideError {
  const { code, message, scope, retryable, hint, cause } = error
  const words = withoutSecrets(message, secrets)
  if (words === message) return error
  return new MailtideError(code, words, {
    scope,
    retryable,
    ...(hint === undefined ? {} : { hint }),
    ...(cause instanceof Error && { cause: new Error(withoutSecrets(cause.message, secrets)) }),
  })
}

function wordsOf(failure: Failure): string {
  const said = typeof failure.response === 'string' ? failure.response : undefined
  const responseText = failure.responseText && `${failure.serverResponseCode ?? ''} ${failure.responseText}`
  return responseText ?? said ?? (failure.message || failure.errors?.[0]?.message || failure.code || '')
}
