import { type CredentialProvider, type CredentialRequest, createSecret } from '@mailtide/contracts'
import { noTokenPrinted } from './errors.ts'

/** Runs a program that prints an access token, and answers what it printed. */
export type PrintToken = (request: CredentialRequest, signal: AbortSignal) => Promise<string>

/**
 * A provider for programs that do all of it by themselves and print a token, such as `oama access ADDRESS` and
 * `mutt_oauth2.py FILE`. Nothing is remembered: they know best when a token is due. Whoever runs the program may tell it of
 * a refusal (`request.refused`), for instance by `oama renew` before.
 */
export function createTokenCommandProvider(print: PrintToken): CredentialProvider {
  return {
    async find(request, signal) {
      signal.throwIfAborted()
      const token = (await print(request, signal)).trim()
      // RFC 6750, 2.1: what a token may be made of. An error message or a prompt is not.
      if (!/^[\w.~+/-]+=*$/.test(token)) throw noTokenPrinted(request.account)
      return { kind: 'access-token', secret: createSecret(token) }
    },
  }
}
