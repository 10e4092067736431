import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { MailtideError } from '@mailtide/contracts'
import { gpgTerminal, readGpgStatus } from '@mailtide/decrypted-text'
import { type ProgramResult, runProgram } from '@mailtide/run-program'
import { keyMissing, passFailed, passMissing, passTimedOut, passUnusable, storeLocked } from './errors.ts'

/** How pass is run. */
export interface PassOptions {
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

/** pass, and where its store is. */
export interface PassProgram {
  readonly directory: string
  /** Runs pass about an entry, with an input in which a secret may stand. An exit code is no failure in itself. */
  run(args: readonly string[], entry: string, signal: AbortSignal, input?: string): Promise<ProgramResult>
}

/** Finds out where the store is, and how pass has to be started. */
export function createPassProgram(options: PassOptions): PassProgram {
  const { command = 'pass', timeout = 120_000, terminal } = options
  const env: Readonly<Record<string, string | undefined>> = { ...process.env, ...options.env }
  return {
    directory: env['PASSWORD_STORE_DIR'] || join(env['HOME'] || homedir(), '.password-store'),
    async run(args, entry, signal, input = '') {
      const run = runProgram({
        command,
        args,
        input,
        env: {
          ...options.env,
          ...gpgTerminal(env, terminal),
          // gpg's status lines are the same in all languages.
          PASSWORD_STORE_GPG_OPTS: `${env['PASSWORD_STORE_GPG_OPTS'] ?? ''} --status-fd=2`.trim(),
        },
        timeout,
        signal,
        accepts: () => true,
      })
      return run.catch((thrown) => {
        throw asPassError(thrown, entry, timeout)
      })
    },
  }
}

/** What is at this path; undefined if nothing is, or it cannot be seen. */
export function statusOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch(() => undefined)
}

/** What it means that pass failed to do this with an entry. */
export function refusalOf({ exitCode, stderr }: ProgramResult, deed: string, entry: string): MailtideError {
  const { outcome, said } = readGpgStatus(stderr)
  if (outcome === 'locked') return storeLocked(entry)
  return outcome === 'no-key' ? keyMissing(entry) : passFailed(`${deed} ${entry}`, exitCode, said)
}

function asPassError(thrown: unknown, entry: string, timeout: number): unknown {
  if (!(thrown instanceof MailtideError)) return thrown
  if (thrown.code === 'program/not-found') return passMissing(thrown)
  if (thrown.code === 'program/timeout') return passTimedOut(entry, timeout, thrown)
  return passUnusable(thrown)
}
