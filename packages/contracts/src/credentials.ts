import type { Secret } from './secret.ts'

/** Which login a credential is wanted for. */
export interface CredentialRequest {
  /** The account's name in the configuration. */
  readonly account: string
  readonly host: string
  readonly port: number
  /** Undefined where the configuration names no user: the store is to say who it is. */
  readonly user: string | undefined
  /** The server refused the last answer: nothing that was remembered may be answered again. */
  readonly refused: boolean
}

/** What logs in. */
export interface Credential {
  /** A password for PLAIN, LOGIN, CRAM-MD5 and SCRAM, or an access token for XOAUTH2 and OAUTHBEARER. */
  readonly kind: 'password' | 'access-token'
  readonly secret: Secret
  /** Whose it is, where the store knows. */
  readonly user?: string
  /** From when on it is worthless, where that is known. */
  readonly expiresAt?: Date
}

/**
 * A store of credentials. Asked anew for each login; whoever asks remembers. No error of it, and nothing that it logs,
 * ever holds a secret or what a password program printed.
 */
export interface CredentialProvider {
  /** Undefined if the store works and holds nothing for this login. Rejects (scope `account`) if it cannot be asked. */
  find(request: CredentialRequest, signal: AbortSignal): Promise<Credential | undefined>
  /** Keeps a credential that worked, for the next time. Absent in stores that are only read. */
  keep?(request: CredentialRequest, credential: Credential, signal: AbortSignal): Promise<void>
}
