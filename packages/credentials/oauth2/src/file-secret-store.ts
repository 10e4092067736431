import { readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createSecret, type SecretStore } from '@mailtide/contracts'
import { flushDirectory, isSystemError, makeDirectories, replaceFile } from '@mailtide/durable-fs'
import { secretNotKept, tokenFileFailed, tokensExposed } from './errors.ts'

/** A store that keeps each text in a file of its own, which nobody else may read (mode 0600). */
export function createFileSecretStore(pathOf: (name: string) => string): SecretStore {
  return {
    // Whether a file can be written is known once it is.
    isUsable: async () => undefined,

    async read(name, signal) {
      const text = await readPrivate(pathOf(name), signal)
      return text === undefined ? undefined : createSecret(text)
    },

    async write(name, secret, signal) {
      signal.throwIfAborted()
      const path = pathOf(name)
      try {
        await makeDirectories(dirname(path), { mode: 0o700, durable: true })
        await replaceFile(path, secret.reveal(), { durable: true, mode: 0o600 })
      } catch (thrown) {
        throw tokenFileFailed('written', path, thrown)
      }
      if ((await readPrivate(path, signal)) !== secret.reveal()) throw secretNotKept(path)
    },

    async remove(name, signal) {
      signal.throwIfAborted()
      const path = pathOf(name)
      try {
        await rm(path)
        await flushDirectory(dirname(path))
      } catch (thrown) {
        if (!isMissing(thrown)) throw tokenFileFailed('removed', path, thrown)
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
    if (isMissing(thrown)) return undefined
    throw isSystemError(thrown) ? tokenFileFailed('read', path, thrown) : thrown
  }
}

function isMissing(thrown: unknown): boolean {
  return isSystemError(thrown) && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
}
