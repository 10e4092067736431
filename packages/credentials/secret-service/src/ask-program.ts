import { basename } from 'node:path'
import { MailtideError } from '@mailtide/contracts'
import { type ProgramResult, runProgram } from '@mailtide/run-program'
import {
  collectionLocked,
  programFailed,
  programMissing,
  programTimedOut,
  serviceMissing,
  sessionMissing,
} from './errors.ts'

/** How programs are run that talk to the secret service. */
export interface AskingOptions {
  readonly timeout: number
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly signal: AbortSignal
  /** What the program reads; a secret may stand in it. */
  readonly input?: string
}

/**
 * Runs a program that talks to the secret service. Neither an exit code nor words on stderr are a failure in
 * themselves.
 */
export async function askProgram(
  command: string,
  args: readonly string[],
  { timeout, env, signal, input = '' }: AskingOptions,
): Promise<ProgramResult> {
  // Their messages are told apart by their words, so they have to be English ones; UTF-8 is for what is asked and answered.
  const language = { LC_ALL: 'C.UTF-8', LANGUAGE: '' }
  try {
    return await runProgram({
      command,
      args,
      input,
      timeout,
      signal,
      env: { ...env, ...language },
      accepts: () => true,
    })
  } catch (thrown) {
    if (!(thrown instanceof MailtideError)) throw thrown
    if (thrown.code === 'program/not-found') throw programMissing(command, thrown)
    const name = basename(command)
    if (thrown.code === 'program/timeout') throw programTimedOut(name, timeout, thrown)
    throw programFailed(name, thrown.message)
  }
}

/** What the words of a program that failed mean. */
export function failureOf(command: string, said: string): MailtideError {
  if (/autolaunch|address is empty|could not connect|failed to connect|failed to open|spawn a message bus/i.test(said))
    return sessionMissing(said)
  if (/not provided by any|ServiceUnknown|NameHasNoOwner/.test(said)) return serviceMissing(said)
  if (/locked/i.test(said)) return collectionLocked()
  return programFailed(basename(command), said)
}
