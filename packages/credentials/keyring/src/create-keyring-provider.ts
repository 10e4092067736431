import { type CredentialProvider, type CredentialRequest, createSecret } from '@mailtide/contracts'
import { notKept } from './errors.ts'
import type { KeyringEntry } from './keyring-program.ts'
import {
  byFirst,
  createKeyringPrograms,
  isLocked,
  isUnusable,
  type KeyringProgramsOptions,
} from './keyring-programs.ts'
import { createKeyringState } from './keyring-state.ts'

/** Which entry is asked for, and how. */
export interface KeyringProviderOptions extends KeyringProgramsOptions {
  /** Default: the host. */
  readonly service?: string
  /** Default: the user that logs in. Without one there is nothing to be found. */
  readonly user?: string
  /**
   * Whether having no keyring at all, no program that asks it, or a locked one without the entry, is nothing found rather
   * than an error. Default: no.
   */
  readonly isOptional?: boolean
}

/**
 * A provider of the entries that python-keyring and the keychain of macOS hold. On macOS it asks `security`; elsewhere
 * the first of `keyring`, `python3 -m keyring` and `secret-tool` that is there and has a keyring to ask.
 */
export function createKeyringProvider(options: KeyringProviderOptions = {}): CredentialProvider {
  const { isOptional = false } = options
  const programs = createKeyringPrograms(options)
  const state = createKeyringState(options)

  async function read(entry: KeyringEntry, signal: AbortSignal): Promise<string | undefined> {
    try {
      if (await state.isUnmade(signal)) return undefined
      return await byFirst(programs, (program) => program.read(entry, signal))
    } catch (thrown) {
      if (isOptional && isUnusable(thrown)) return undefined
      if (isOptional && isLocked(thrown) && !(await state.mayHold(entry, signal))) return undefined
      throw thrown
    }
  }

  function entryFor(request: CredentialRequest): KeyringEntry | undefined {
    const { service = request.host, user = request.user } = options
    return user === undefined ? undefined : { service, user }
  }

  return {
    async find(request, signal) {
      signal.throwIfAborted()
      const entry = entryFor(request)
      if (!entry) return undefined
      const secret = await read(entry, signal)
      return secret ? { kind: 'password', secret: createSecret(secret), user: entry.user } : undefined
    },

    async keep(request, { secret, user }, signal) {
      const entry = entryFor({ ...request, user: request.user ?? user })
      if (!entry) return
      await byFirst(programs, async (program) => {
        await program.write(entry, secret.reveal(), signal)
        if ((await program.read(entry, signal)) !== secret.reveal()) throw notKept(entry.service, entry.user)
      })
    },
  }
}
