import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi'
import { authorizationServer, type OAuth2Client, type Surroundings } from './authorization-server.ts'
import { type Tokens, tokensOf } from './tokens.ts'

/** One refresh. */
export interface Refresh {
  readonly account: string
  readonly tokenEndpoint: string
  readonly client: OAuth2Client
  /** With the refresh token that is used; everything but that may change. */
  readonly tokens: Tokens & { readonly refreshToken: NonNullable<Tokens['refreshToken']> }
}

/** Gets a new access token for a refresh token (RFC 6749, 6). */
export async function refreshTokens(
  refresh: Refresh,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<Tokens> {
  const { account, tokenEndpoint, client: who, tokens } = refresh
  const { now = Date.now } = surroundings
  const { server, client, authentication, ask } = authorizationServer({ tokenEndpoint, scopes: [] }, who, surroundings)
  const token = tokens.refreshToken.reveal()
  const askedAt = now()
  const answer = await ask(
    async (options) =>
      processRefreshTokenResponse(
        server,
        client,
        await refreshTokenGrantRequest(server, client, authentication, token, options),
      ),
    { account, secrets: [token] },
    signal,
  )
  return tokensOf(answer, askedAt, tokens)
}
