import type { Tokens } from './tokens.ts'

/** Where the tokens of accounts stay between runs: a file, or whatever keeps secrets on this machine. */
export interface TokenStore {
  /** Undefined if there are none for this account. */
  load(account: string, signal: AbortSignal): Promise<Tokens | undefined>
  /** In place of what was there. Resolves once they are safe: the refresh token before may be worthless by now. */
  save(account: string, tokens: Tokens, signal: AbortSignal): Promise<void>
}
