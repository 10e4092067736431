import { randomBytes } from 'node:crypto'
import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { safeAddress } from './address.ts'
import { authorizationServer } from './authorization-server.ts'
import { openCallbackServer } from './callback-server.ts'
import { flowMissing, loginTookTooLong } from './errors.ts'
import { lasting, type OAuth2LoginOptions } from './login-options.ts'
import { type Tokens, tokensOf } from './tokens.ts'
import { whileWanted } from './while-wanted.ts'

/** A login in a browser on this machine. */
export interface BrowserLoginOptions extends OAuth2LoginOptions {
  /** Shows the address to the user, or opens it. */
  readonly open: (address: string) => Promise<void> | void
  /** The user's address, which the login page may fill in. */
  readonly user?: string
  /** Where the browser comes back to; any free port unless told. */
  readonly port?: number
  /** Milliseconds that the user may take. Default: ten minutes. */
  readonly patience?: number
  /** Default: that of Node. */
  readonly random?: (octets: number) => Uint8Array
}

/**
 * Sends the user to a browser and waits for it to come back to a loopback address (RFC 8252, 7.3) with a code, which is of
 * use only to whoever knows the secret behind the challenge that was sent along (PKCE, RFC 7636).
 */
export async function logInByBrowser(options: BrowserLoginOptions, signal: AbortSignal): Promise<Tokens> {
  const { account, provider, client: who, random = randomBytes, patience = 600_000, now = Date.now } = options
  if (provider.authorizationEndpoint === undefined) throw flowMissing('browser')
  const { server, client, authentication, ask } = authorizationServer(provider, who, options)
  const address = safeAddress(provider.authorizationEndpoint, 'authorization endpoint')
  const [state, verifier] = [secretText(random), secretText(random)]
  const challenge = await calculatePKCECodeChallenge(verifier)
  const callback = await openCallbackServer(state, options.port)
  try {
    const redirect = `http://${provider.redirectHost ?? '127.0.0.1'}:${callback.port}/`
    const parameters = {
      ...provider.parameters,
      response_type: 'code',
      client_id: who.id,
      redirect_uri: redirect,
      scope: provider.scopes.join(' '),
      state,
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...(options.user !== undefined && { login_hint: options.user }),
    }
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
    await options.open(address.href)
    const visit = await within(callback.visit, patience, signal)
    let succeeded = false
    try {
      const askedAt = now()
      // Who does not say what the server calls itself everywhere cannot have it compared (RFC 9207).
      if (provider.issuer === undefined) visit.parameters.delete('iss')
      const code = visit.parameters.get('code') ?? ''
      const answer = await ask(
        async (request) => {
          const checked = validateAuthResponse(server, client, visit.parameters, state)
          return processAuthorizationCodeResponse(
            server,
            client,
            await authorizationCodeGrantRequest(server, client, authentication, checked, redirect, verifier, request),
          )
        },
        { account, secrets: [code, verifier] },
        signal,
      )
      const tokens = lasting(tokensOf(answer, askedAt))
      succeeded = true
      return tokens
    } finally {
      await visit.answer(succeeded)
    }
  } finally {
    await callback.close()
  }
}

/** 43 letters that nobody can guess (RFC 7636, 4.1). */
function secretText(random: (octets: number) => Uint8Array): string {
  return Buffer.from(random(32)).toString('base64url')
}

async function within<T>(work: Promise<T>, milliseconds: number, signal: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(milliseconds)
  try {
    return await whileWanted(work, AbortSignal.any([signal, limit]))
  } catch (thrown) {
    signal.throwIfAborted()
    throw limit.aborted ? loginTookTooLong() : thrown
  }
}
