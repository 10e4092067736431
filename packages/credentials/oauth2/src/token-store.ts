import { createSecret, type SecretStore } from '@mailtide/contracts'
import { tokensDamaged } from './errors.ts'
import { formatTokens, parseTokens, type Tokens } from './tokens.ts'
import { createUnlimitedStore } from './unlimited-store.ts'

/** Where the tokens of accounts stay between runs: a file, or whatever keeps secrets on this machine. */
export interface TokenStore {
  /** Undefined if there are none for this account. */
  load(account: string, signal: AbortSignal): Promise<Tokens | undefined>
  /** In place of what was there. Resolves once they are safe: the refresh token before may be worthless by now. */
  save(account: string, tokens: Tokens, signal: AbortSignal): Promise<void>
  /** Forgets the tokens of this account. None is no error. */
  remove(account: string, signal: AbortSignal): Promise<void>
}

/** Keeps tokens in a store of secrets, under the accounts' names; errors call it by the name that is given for it. */
export function createTokenStore(store: SecretStore, name = 'the store'): TokenStore {
  const texts = createUnlimitedStore(store)
  return {
    async load(account, signal) {
      const text = await texts.read(account, signal)
      if (text === undefined) return undefined
      const tokens = parseTokens(text.reveal())
      if (!tokens) throw tokensDamaged(name, account)
      return tokens
    },
    save: (account, tokens, signal) => texts.write(account, createSecret(formatTokens(tokens)), signal),
    remove: (account, signal) => texts.remove(account, signal),
  }
}
