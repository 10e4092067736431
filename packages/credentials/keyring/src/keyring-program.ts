import { basename } from 'node:path'
import { MailtideError } from '@mailtide/contracts'
import { type ProgramResult, runProgram } from '@mailtide/run-program'
import { programFailed, programMissing, programTimedOut } from './errors.ts'

/** What a keyring keeps a secret under. */
export interface KeyringEntry {
  readonly service: string
  readonly user: string
}

/**
 * A program that can be asked for entries of a keyring. Rejects with `credentials/program-missing` if it is not there.
 */
export interface KeyringProgram {
  read(entry: KeyringEntry, signal: AbortSignal): Promise<string | undefined>
  write(entry: KeyringEntry, secret: string, signal: AbortSignal): Promise<void>
  /** An entry that is not there is no error. */
  remove(entry: KeyringEntry, signal: AbortSignal): Promise<void>
  /** Who keeps the entries. Asks nobody for a password, and rejects as `read` does where there is no keyring. */
  keeper(signal: AbortSignal): Promise<'secret-service' | 'another'>
}

/** Runs a program with arguments, in which no secret may stand, and an input, in which one may. */
export type Ask = (args: readonly string[], signal: AbortSignal, input?: string) => Promise<ProgramResult>

/** How programs are run. */
export interface AskingOptions {
  readonly timeout: number
  readonly env?: Readonly<Record<string, string>> | undefined
}

/** Runs one program. Neither its exit code nor words on stderr are a failure in themselves. */
export function createAsk(command: string, { timeout, env }: AskingOptions): Ask {
  const name = basename(command)
  // Their messages are told apart by their words, so they have to be English ones; UTF-8 is for what is asked and answered.
  const language = { LC_ALL: 'C.UTF-8', LANGUAGE: '', PYTHONUTF8: '1' }
  return async (args, signal, input = '') => {
    const run = runProgram({ command, args, input, timeout, signal, env: { ...env, ...language }, accepts: () => true })
    return run.catch((thrown) => {
      if (!(thrown instanceof MailtideError)) throw thrown
      if (thrown.code === 'program/not-found') throw programMissing(name, thrown)
      if (thrown.code === 'program/timeout') throw programTimedOut(name, timeout, thrown)
      throw programFailed(name, thrown.message)
    })
  }
}

/** The first line that a program printed. */
export function printed({ stdout }: ProgramResult): string {
  const [line = ''] = Buffer.from(stdout).toString().split(/\r?\n/, 1)
  return line
}
