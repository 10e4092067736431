import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { type CredentialProvider, createSecret, MailtideError } from '@mailtide/contracts'
import { type GpgStatus, gpgTerminal, readGpgStatus, readLogin } from '@mailtide/decrypted-text'
import { runProgram } from '@mailtide/run-program'
import {
  fileUnreadable,
  gpgFailed,
  gpgMissing,
  gpgTimedOut,
  gpgUnusable,
  keyLocked,
  keyMissing,
  notEncrypted,
} from './errors.ts'

/** Which file is decrypted, and how. */
export interface GpgProviderOptions {
  readonly file: string
  /** Which of its fields is the password. Default: the form of the text decides. */
  readonly field?: string
  /** Default: `gpg`. */
  readonly command?: string
  /** Milliseconds, for somebody may have to type a passphrase. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  /**
   * Where a passphrase may be asked for, if `GPG_TTY` does not say. Default: the terminal of this process, if it has
   * one.
   */
  readonly terminal?: string
}

/**
 * A provider that decrypts a file with gpg, anew each time. gpg-agent and pinentry are as the user has them: what the
 * agent remembers is not asked again.
 */
export function createGpgProvider(options: GpgProviderOptions): CredentialProvider {
  const { file, field, command = 'gpg', timeout = 120_000, env, terminal } = options

  async function decrypt(signal: AbortSignal): Promise<string> {
    await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
      throw fileUnreadable(file, error.code ?? error.message)
    })
    const run = runProgram({
      command,
      args: ['--batch', '--quiet', '--status-fd', '2', '--decrypt', '--', file],
      env: { ...gpgTerminal(process.env, terminal), ...env },
      timeout,
      signal,
      accepts: () => true,
    })
    const { exitCode, stdout, stderr } = await run.catch((thrown) => {
      throw asGpgError(thrown, file, timeout)
    })
    const status = readGpgStatus(stderr)
    // gpg ends with 0 also if a file is cut off early, or not encrypted but signed.
    if (exitCode !== 0 || status.outcome !== 'decrypted') throw decryptionError(status, file)
    return Buffer.from(stdout).toString()
  }

  return {
    async find(request, signal) {
      signal.throwIfAborted()
      const login = readLogin(await decrypt(signal), request, field)
      if (!login) return undefined
      const { user, password } = login
      return { kind: 'password', secret: createSecret(password), ...(user !== undefined && { user }) }
    },
  }
}

function decryptionError({ outcome, said }: GpgStatus, file: string): MailtideError {
  switch (outcome) {
    case 'not-encrypted':
      return notEncrypted(file)
    case 'locked':
      return keyLocked(file)
    case 'no-key':
      return keyMissing(file)
    case 'decrypted':
    case 'failed':
      return gpgFailed(file, said)
  }
}

function asGpgError(thrown: unknown, file: string, timeout: number): unknown {
  if (!(thrown instanceof MailtideError)) return thrown
  if (thrown.code === 'program/not-found') return gpgMissing(thrown)
  if (thrown.code === 'program/timeout') return gpgTimedOut(file, timeout, thrown)
  return gpgUnusable(thrown)
}
