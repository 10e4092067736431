import { readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isSystemError, makeDirectories, replaceFile } from '@mailtide/durable-fs'
import { tokenFileFailed, tokensDamaged, tokensExposed } from './errors.ts'
import type { TokenStore } from './token-store.ts'
import { formatTokens, parseTokens } from './tokens.ts'

/** Keeps the tokens of each account in a JSON file of its own, which nobody else may read (mode 0600). */
export function createFileTokenStore(pathOf: (account: string) => string): TokenStore {
  return {
    async load(account, signal) {
      const path = pathOf(account)
      const text = await readPrivate(path, signal)
      if (text === undefined) return undefined
      const tokens = parseTokens(text)
      if (!tokens) throw tokensDamaged(path, account)
      return tokens
    },
    async save(account, tokens, signal) {
      signal.throwIfAborted()
      const path = pathOf(account)
      try {
        await makeDirectories(dirname(path), { mode: 0o700, durable: true })
        await replaceFile(path, `${formatTokens(tokens)}\n`, { durable: true, mode: 0o600 })
      } catch (thrown) {
        throw tokenFileFailed('written', path, thrown)
      }
    },
  }
}

async function readPrivate(path: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) throw tokensExposed(path)
    return await readFile(path, { encoding: 'utf8', signal })
  } catch (thrown) {
    signal.throwIfAborted()
    if (isSystemError(thrown) && thrown.code === 'ENOENT') return undefined
    throw isSystemError(thrown) ? tokenFileFailed('read', path, thrown) : thrown
  }
}
