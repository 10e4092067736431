import * as oauth from 'oauth4webapi'
import { isLoopback, safeAddress } from './address.ts'
import { carefulFetch, type Fetch } from './careful-fetch.ts'
import { serverSilent } from './errors.ts'
import type { OAuth2Provider } from './presets.ts'
import { describeRefusal } from './refusals.ts'

/** Who asks for tokens: given out by the provider to whoever runs mailtide. */
export interface OAuth2Client {
  readonly id: string
  /** Empty or missing for clients that have none. */
  readonly secret?: string | undefined
}

/** What a conversation with an authorization server needs from outside. */
export interface Surroundings {
  /** Default: that of Node. */
  readonly fetch?: Fetch
  /** The clock, in milliseconds. */
  readonly now?: () => number
  /** Milliseconds for one request. Default: 30 s. */
  readonly timeout?: number
}

/** What oauth4webapi's requests take. */
export interface RequestOptions {
  readonly [oauth.customFetch]: Fetch
  readonly [oauth.allowInsecureRequests]: boolean
  readonly signal: AbortSignal
}

/** An authorization server, seen by one client. */
export interface AuthorizationServer {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly authentication: oauth.ClientAuth
  /** Does one request and reads its answer; every failure becomes a MailtideError without these secrets in it. */
  ask<T>(
    request: (options: RequestOptions) => Promise<T>,
    about: { readonly account: string; readonly secrets: readonly string[] },
    signal: AbortSignal,
  ): Promise<T>
}

/** Describes a server to oauth4webapi. Throws if an address is not to be trusted with a secret. */
export function authorizationServer(
  provider: OAuth2Provider,
  { id, secret = '' }: OAuth2Client,
  { fetch = globalThis.fetch, timeout = 30_000 }: Surroundings,
): AuthorizationServer {
  const token = safeAddress(provider.tokenEndpoint, 'token endpoint')
  const device =
    provider.deviceEndpoint === undefined ? undefined : safeAddress(provider.deviceEndpoint, 'device endpoint')
  const guarded = carefulFetch(fetch)
  return {
    server: {
      issuer: provider.issuer ?? token.origin,
      token_endpoint: token.href,
      ...(device && { device_authorization_endpoint: device.href }),
    },
    client: { client_id: id },
    // A secret in the form, as OfflineIMAP sent it; a public client (RFC 6749, 2.1) must not send an empty one.
    authentication: secret === '' ? oauth.None() : oauth.ClientSecretPost(secret),
    async ask(request, { account, secrets }, signal) {
      signal.throwIfAborted()
      const limit = AbortSignal.timeout(timeout)
      try {
        return await request({
          [oauth.customFetch]: guarded,
          [oauth.allowInsecureRequests]: isLoopback(token),
          signal: AbortSignal.any([signal, limit]),
        })
      } catch (thrown) {
        signal.throwIfAborted()
        if (limit.aborted) throw serverSilent(token.host, timeout)
        throw describeRefusal(thrown, { server: token.host, account, secrets: [...secrets, secret] })
      }
    },
  }
}
