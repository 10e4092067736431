import { type CredentialProvider, createSecret } from '@mailtide/contracts'
import { readEntry } from '@mailtide/decrypted-text'
import { createPassProgram, type PassOptions } from './pass-program.ts'
import { showEntry } from './show-entry.ts'

/** Which entry is asked for, and how. */
export interface PassProviderOptions extends PassOptions {
  /** Its name in the store: `Mail/account`. */
  readonly entry: string
  /** Which of its `field:` lines is the password. Default: the first line is. */
  readonly field?: string
}

/**
 * A provider that asks pass, the standard unix password manager, anew each time. An entry that is not there is nothing
 * found.
 */
export function createPassProvider(options: PassProviderOptions): CredentialProvider {
  const { entry, field } = options
  const pass = createPassProgram(options)
  return {
    async find(_request, signal) {
      const text = await showEntry(pass, entry, signal)
      const found = text === undefined ? undefined : readEntry(text, field)
      if (!found) return undefined
      const { password, user } = found
      return { kind: 'password', secret: createSecret(password), ...(user !== undefined && { user }) }
    },
  }
}
