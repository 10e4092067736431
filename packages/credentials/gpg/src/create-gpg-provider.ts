import { constants, readlinkSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { type CredentialProvider, createSecret, MailtideError } from '@mailtide/contracts'
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
import { readLogin } from './read-login.ts'

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
  const { file, field, command = 'gpg', timeout = 120_000, env, terminal = ownTerminal() } = options

  async function decrypt(signal: AbortSignal): Promise<string> {
    await access(file, constants.R_OK).catch((error: NodeJS.ErrnoException) => {
      throw fileUnreadable(file, error.code ?? error.message)
    })
    const run = runProgram({
      command,
      args: ['--batch', '--quiet', '--status-fd', '2', '--decrypt', '--', file],
      env: { ...(terminal !== undefined && !process.env['GPG_TTY'] && { GPG_TTY: terminal }), ...env },
      timeout,
      signal,
      accepts: () => true,
    })
    const { exitCode, stdout, stderr } = await run.catch((thrown) => {
      throw asGpgError(thrown, file, timeout)
    })
    const status = stderr.split(' | ')
    // gpg ends with 0 also if a file is cut off early, or not encrypted but signed.
    if (exitCode !== 0 || !status.includes('[GNUPG:] DECRYPTION_OKAY')) throw decryptionError(file, status)
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

// The words after [GNUPG:] are the same in all languages.
function decryptionError(file: string, lines: readonly string[]): MailtideError {
  const has = (status: string) => lines.some((line) => line.startsWith(`[GNUPG:] ${status}`))
  const isEncrypted = has('BEGIN_DECRYPTION') || has('NEED_PASSPHRASE')
  if (!isEncrypted && (has('NODATA') || has('PLAINTEXT'))) return notEncrypted(file)
  // DECRYPTION_INFO comes once the key is open; with a passphrase alone it may have been the wrong one.
  const isOpen = has('DECRYPTION_INFO') && !has('ERROR symkey_decrypt')
  if (has('DECRYPTION_FAILED') && !isOpen) {
    return has('KEY_CONSIDERED') || has('NEED_PASSPHRASE') ? keyLocked(file) : keyMissing(file)
  }
  return gpgFailed(file, lines.filter((line) => !line.startsWith('[GNUPG:]')).join(' | '))
}

function asGpgError(thrown: unknown, file: string, timeout: number): unknown {
  if (!(thrown instanceof MailtideError)) return thrown
  if (thrown.code === 'program/not-found') return gpgMissing(thrown)
  if (thrown.code === 'program/timeout') return gpgTimedOut(file, timeout, thrown)
  return gpgUnusable(thrown)
}

function ownTerminal(): string | undefined {
  if (!process.stdin.isTTY || process.platform !== 'linux') return undefined
  return readlinkSync('/proc/self/fd/0')
}
