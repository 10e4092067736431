import { readlinkSync, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type CredentialProvider, createSecret, MailtideError } from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'
import {
  entryIsDirectory,
  keyMissing,
  passFailed,
  passMissing,
  passTimedOut,
  passUnusable,
  storeLocked,
  storeMissing,
} from './errors.ts'
import { readEntry } from './read-entry.ts'

/** Which entry is asked for, and how. */
export interface PassProviderOptions {
  /** Its name in the store: `Mail/account`. */
  readonly entry: string
  /** Which of its `field:` lines is the password. Default: the first line is. */
  readonly field?: string
  /** Default: `pass`. */
  readonly command?: string
  /** Milliseconds, for somebody may have to type a passphrase. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process: `PASSWORD_STORE_DIR`, `GNUPGHOME`. */
  readonly env?: Readonly<Record<string, string>>
  /**
   * Where a passphrase may be asked for, if `GPG_TTY` does not say. Default: the terminal of this process, if it has
   * one.
   */
  readonly terminal?: string
}

/**
 * A provider that asks pass, the standard unix password manager, anew each time. An entry that is not there is nothing
 * found.
 */
export function createPassProvider(options: PassProviderOptions): CredentialProvider {
  const { entry, field, command = 'pass', timeout = 120_000, terminal = ownTerminal() } = options
  const env: Readonly<Record<string, string | undefined>> = { ...process.env, ...options.env }
  const store = env['PASSWORD_STORE_DIR'] || join(env['HOME'] || homedir(), '.password-store')

  async function show(signal: AbortSignal): Promise<string | undefined> {
    const run = runProgram({
      command,
      args: ['show', '--', entry],
      env: {
        ...options.env,
        ...(terminal !== undefined && !env['GPG_TTY'] && { GPG_TTY: terminal }),
        // gpg's status lines are the same in all languages.
        PASSWORD_STORE_GPG_OPTS: `${env['PASSWORD_STORE_GPG_OPTS'] ?? ''} --status-fd=2`.trim(),
      },
      timeout,
      signal,
      accepts: () => true,
    })
    const { exitCode, stdout, stderr } = await run.catch((thrown) => {
      throw asPassError(thrown, entry, timeout)
    })
    if (exitCode === 0) return Buffer.from(stdout).toString()
    if (stderr.includes('is not in the password store')) {
      if ((await statusOf(store))?.isDirectory()) return undefined
      throw storeMissing(store)
    }
    throw showingError(entry, exitCode, stderr.split(' | '))
  }

  return {
    async find(_request, signal) {
      signal.throwIfAborted()
      // pass lists a directory as if that were an entry.
      const isEntry = (await statusOf(join(store, `${entry}.gpg`)))?.isFile()
      if (!isEntry && (await statusOf(join(store, entry)))?.isDirectory()) throw entryIsDirectory(entry)
      const text = await show(signal)
      const found = text === undefined ? undefined : readEntry(text, field)
      if (!found) return undefined
      const { password, user } = found
      return { kind: 'password', secret: createSecret(password), ...(user !== undefined && { user }) }
    },
  }
}

function showingError(entry: string, exitCode: number, lines: readonly string[]): MailtideError {
  const has = (status: string) => lines.some((line) => line.startsWith(`[GNUPG:] ${status}`))
  // DECRYPTION_INFO comes once the key is open.
  if (has('DECRYPTION_FAILED') && !has('DECRYPTION_INFO')) {
    return has('KEY_CONSIDERED') ? storeLocked(entry) : keyMissing(entry)
  }
  return passFailed(entry, exitCode, lines.filter((line) => !line.startsWith('[GNUPG:]')).join(' | '))
}

function asPassError(thrown: unknown, entry: string, timeout: number): unknown {
  if (!(thrown instanceof MailtideError)) return thrown
  if (thrown.code === 'program/not-found') return passMissing(thrown)
  if (thrown.code === 'program/timeout') return passTimedOut(entry, timeout, thrown)
  return passUnusable(thrown)
}

function statusOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined)
}

function ownTerminal(): string | undefined {
  if (!process.stdin.isTTY || process.platform !== 'linux') return undefined
  return readlinkSync('/proc/self/fd/0')
}
