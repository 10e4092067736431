import { MailtideError } from '@mailtide/contracts'

/** There is no such program, or no such directory to start it in. Without a cause: Node puts the arguments into it. */
export function programNotFound(command: string): MailtideError {
  return new MailtideError('program/not-found', `The program ${command} was not found`, {
    scope: 'account',
    hint: 'Check that it is installed, and whether its directory is in PATH here too (cron and systemd set a short one).',
  })
}

/** The program is there but could not be started. Without a cause: Node puts the arguments into it. */
export function programNotStarted(command: string, reason: string): MailtideError {
  return new MailtideError('program/not-started', `The program ${command} could not be started: ${reason}`, {
    scope: 'account',
    hint: 'Check that the file is a program and may be executed.',
  })
}

/** The program ended with a failure. What it printed to stdout may be a secret and is never shown. */
export function programFailed(name: string, ending: string, stderr: string): MailtideError {
  return new MailtideError('program/failed', withStderr(`${name} ${ending}`, stderr), {
    scope: 'account',
    hint: 'Run it by hand to see what it lacks; it has no terminal here to ask on.',
  })
}

/** The program did not end in time and was killed. */
export function programTimedOut(name: string, timeout: number, stderr: string): MailtideError {
  const seconds = timeout / 1000
  return new MailtideError('program/timeout', withStderr(`${name} did not end within ${seconds} s`, stderr), {
    scope: 'account',
    retryable: true,
    hint: 'Perhaps it waits for an answer: it has no terminal here to ask on.',
  })
}

/** The program printed more than was asked for and was killed. */
export function outputTooBig(name: string, limit: number): MailtideError {
  return new MailtideError('program/output-too-big', `${name} printed more than ${limit} octets`, {
    scope: 'account',
    hint: 'Check that it is the right program, with the right arguments.',
  })
}

/** A program that one was talking with is gone before its time. What it said on stdout is never shown. */
export function pipeBroken(name: string, ending: string, stderr: string): MailtideError {
  return new MailtideError('program/failed', withStderr(`${name} ${ending}`, stderr), {
    scope: 'account',
    retryable: true,
    hint: 'Run it by hand to see what it lacks; it has no terminal here to ask on.',
  })
}

function withStderr(message: string, stderr: string): string {
  return stderr === '' ? `${message} and said nothing on stderr` : `${message}: ${stderr}`
}
