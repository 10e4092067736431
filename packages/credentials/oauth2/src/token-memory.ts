import type { TokenStore } from './token-store.ts'
import type { Tokens } from './tokens.ts'

/** What is remembered of accounts while the program runs, and kept in a store where there is one. */
export interface TokenMemory {
  /** What was kept last. Saves first what could not be saved before. */
  recall(account: string, signal: AbortSignal): Promise<Tokens | undefined>
  /** From now on these are the tokens, also if the store fails. */
  keep(account: string, tokens: Tokens, signal: AbortSignal): Promise<void>
  /** What the store holds now: someone may have logged in anew meanwhile. */
  reread(account: string, signal: AbortSignal): Promise<Tokens | undefined>
}

/** An empty memory in front of a store. */
export function createTokenMemory(store: TokenStore | undefined): TokenMemory {
  const known = new Map<string, Tokens>()
  const unsaved = new Set<string>()

  return {
    async recall(account, signal) {
      const tokens = known.get(account)
      if (tokens && unsaved.has(account)) await save(account, tokens, signal)
      return tokens ?? remember(account, await store?.load(account, signal))
    },
    async keep(account, tokens, signal) {
      known.set(account, tokens)
      unsaved.add(account)
      await save(account, tokens, signal)
    },
    async reread(account, signal) {
      return remember(account, await store?.load(account, signal))
    },
  }

  function remember(account: string, tokens: Tokens | undefined): Tokens | undefined {
    if (tokens) known.set(account, tokens)
    return tokens
  }

  async function save(account: string, tokens: Tokens, signal: AbortSignal): Promise<void> {
    await store?.save(account, tokens, signal)
    unsaved.delete(account)
  }
}
