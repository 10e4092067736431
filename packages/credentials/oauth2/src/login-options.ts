import type { OAuth2Client, Surroundings } from './authorization-server.ts'
import { noRefreshToken } from './errors.ts'
import type { OAuth2Provider } from './presets.ts'
import type { Tokens } from './tokens.ts'

/** Who logs in where. */
export interface OAuth2LoginOptions extends Surroundings {
  /** The account's name in the configuration. */
  readonly account: string
  readonly provider: OAuth2Provider
  readonly client: OAuth2Client
}

/** Tokens that last, or an error. */
export function lasting(tokens: Tokens): Tokens {
  if (!tokens.refreshToken) throw noRefreshToken()
  return tokens
}
