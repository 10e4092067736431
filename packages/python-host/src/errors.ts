import { MailtideError } from '@mailtide/contracts'
import { harmlessText } from './harmless-text.ts'

/** What the child tells of an exception: never its text. */
export interface PythonFailure {
  /** The exception's class. */
  readonly error: string
  readonly detail?: string
  /** `file:line`, where the file is the pythonfile or the origin of the expression. */
  readonly place?: string
  /** There is no such pythonfile. */
  readonly missing?: true
  /** Which call of a batch it was. */
  readonly call?: number
}

const withoutPython =
  'say the same without Python: "folderfilter = include: INBOX, Sent", "nametrans = strip-prefix: INBOX.", "remotepassprovider = pass:Mail/account"'

/** There is no such program, or it cannot be started. */
export function pythonNotFound(python: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error && 'code' in cause && cause.code !== 'ENOENT' ? ` (${String(cause.code)})` : ''
  return new MailtideError('python-host/not-found', `The configuration needs ${python}, which was not found${reason}`, {
    scope: 'account',
    hint: `Install Python 3, or ${withoutPython}.`,
    cause,
  })
}

/** The pythonfile is not there. */
export function fileMissing(path: string): MailtideError {
  return new MailtideError('python-host/file-missing', `The pythonfile ${harmlessText(path)} is not there`, {
    scope: 'account',
    hint: `Correct "pythonfile" in [general], or remove it and ${withoutPython}.`,
  })
}

/** The pythonfile could not be executed to its end. The cause is what the child told. */
export function fileFailed(path: string, failure: PythonFailure, stderr: string): MailtideError {
  const message = `The pythonfile ${path} fails: ${describeFailure(failure)}`
  return new MailtideError('python-host/file-failed', withStderr(message, stderr), {
    scope: 'account',
    hint: hintFor(failure) ?? 'Run it with python3 by hand to see what it lacks.',
    cause: failure,
  })
}

/** An expression, or a call of what it made, ended with an exception. The cause is what the child told. */
export function expressionFailed(what: string, failure: PythonFailure, stderr: string): MailtideError {
  return new MailtideError('python-host/failed', withStderr(`${what} fails: ${describeFailure(failure)}`, stderr), {
    scope: 'account',
    hint: hintFor(failure) ?? "The exception's own text is not shown, for it may hold a secret.",
    cause: failure,
  })
}

/** Python did not answer in time and was killed, with all that it started. */
export function pythonTimedOut(what: string, timeout: number, stderr: string): MailtideError {
  return new MailtideError('python-host/timeout', withStderr(`${what} took more than ${timeout / 1000} s`, stderr), {
    scope: 'account',
    retryable: true,
    hint: 'Perhaps it waits for an answer: it has no terminal here to ask on.',
  })
}

/** The child ended while it was asked. */
export function pythonGone(what: string, ending: string, stderr: string): MailtideError {
  return new MailtideError('python-host/gone', withStderr(`${what} did not finish: Python ${ending}`, stderr), {
    scope: 'account',
    retryable: true,
  })
}

/** The host was closed; nothing can be asked any more. */
export function hostClosed(): MailtideError {
  return new MailtideError('python-host/gone', 'Python was asked after it was closed', { scope: 'account' })
}

function describeFailure({ error, detail, place }: PythonFailure): string {
  return `${error}${detail === undefined ? '' : `, ${detail}`}${place === undefined ? '' : ` (${place})`}`
}

function hintFor({ error }: PythonFailure): string | undefined {
  switch (error) {
    case 'NameError':
      return 'Define or import it in the pythonfile, and name that file in [general].'
    case 'ModuleNotFoundError':
      return 'Install it for this python3.'
    case 'SyntaxError':
      return 'Check quotes and brackets; a comment cannot follow a value on its line.'
    default:
      return undefined
  }
}

function withStderr(message: string, stderr: string): string {
  const said = harmlessText(stderr)
  return harmlessText(message) + (said === '' ? '' : `: ${said}`)
}
