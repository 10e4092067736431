import { createFileSecretStore } from './file-secret-store.ts'
import { createTokenStore, type TokenStore } from './token-store.ts'

/** Keeps the tokens of each account in a JSON file of its own, which nobody else may read (mode 0600). */
export function createFileTokenStore(pathOf: (account: string) => string): TokenStore {
  return createTokenStore(createFileSecretStore(pathOf), 'a file')
}
