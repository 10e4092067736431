import type { Credential, CredentialRequest } from '@mailtide/contracts'

/** What the server's side of a login tells of it. */
export type LoginRequest = Omit<CredentialRequest, 'account'>

/** Somebody who may know what an account logs in with. */
export interface CredentialSource {
  /** Undefined if it knows nothing. */
  find(request: LoginRequest, signal: AbortSignal): Promise<Credential | undefined>
}
