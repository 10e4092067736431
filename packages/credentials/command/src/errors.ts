import { basename } from 'node:path'
import { MailtideError } from '@mailtide/contracts'

/** The argument of `command:` cannot be split into words. The argument itself is not shown: it may hold a secret. */
export function argumentNotUnderstood(reason: string, hint: string): MailtideError {
  return new MailtideError('credentials/bad-argument', `The argument of command: ${reason}`, { scope: 'account', hint })
}

/** There is no such program. */
export function programMissing(name: string, cause: unknown): MailtideError {
  return new MailtideError('credentials/program-missing', `The password program ${name} was not found`, {
    scope: 'account',
    hint: 'Install it, or write its whole path: cron and systemd set a short PATH. No shell is asked: aliases do not work.',
    cause,
  })
}

/** The program failed. */
export function programFailed(name: string, exitCode: number, said: string): MailtideError {
  const message = `The password program ${name} ended with exit code ${exitCode}`
  return new MailtideError('credentials/program-failed', said === '' ? message : `${message}: ${said}`, {
    scope: 'account',
    hint: 'Run it by hand to see what it lacks; it has no terminal here to ask on.',
  })
}

/** A signal that was not ours ended the program. */
export function programKilled(name: string): MailtideError {
  return new MailtideError('credentials/program-failed', `The password program ${name} was killed`, {
    scope: 'account',
    hint: 'Run it by hand to see whether it crashes.',
  })
}

/** The program could not be run to its end for another reason. */
export function programUnusable(name: string, cause: Error): MailtideError {
  return new MailtideError(
    'credentials/program-failed',
    `The password program ${name} is of no use: ${cause.message}`,
    {
      scope: 'account',
      hint: 'Run it by hand: it has to print the password on its first line, and end.',
      cause,
    },
  )
}

/** The program did not end in time. Nothing that it said is shown, for it may have printed the password there too. */
export function programTimedOut(name: string, timeout: number): MailtideError {
  const message = `The password program ${name} did not end within ${timeout / 1000} s`
  return new MailtideError('credentials/timeout', message, {
    scope: 'account',
    retryable: true,
    hint: 'Run it by hand: perhaps it waits for an answer, and it has no terminal here to ask on.',
  })
}

/** A program was to print an access token, and printed something else. */
export function notAToken(command: string): MailtideError {
  const name = basename(command)
  return new MailtideError('credentials/no-token', `What ${name} printed is no access token`, {
    scope: 'account',
    hint: `Run it by hand to see what it says: ${name} access ADDRESS`,
  })
}
