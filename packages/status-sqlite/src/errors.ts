import { MailtideError } from '@mailtide/contracts'
import { isSystemError } from '@mailtide/durable-fs'

/** A failure of SQLite or of the system, in words that say which file it is about and what to do. */
export function asStatusError(file: string, thrown: unknown): Error {
  if (isSystemError(thrown)) {
    const isFull = thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT'
    return isFull ? statusDiskFull(file, thrown) : statusUnreachable(file, thrown)
  }
  // Texts in the database are JSON; what cannot be parsed was not written by us.
  if (thrown instanceof SyntaxError) return statusDamaged(file, thrown)
  if (!isSqliteError(thrown)) return thrown instanceof Error ? thrown : statusFailed(file, thrown)
  // The low octet of an extended result code is the plain one (https://sqlite.org/rescode.html).
  switch (thrown.errcode & 0xff) {
    case 5:
    case 6:
      return statusInUse(file, thrown)
    case 3:
    case 8:
    case 14:
      return statusUnreachable(file, thrown)
    case 11:
    case 26:
      return statusDamaged(file, thrown)
    case 13:
      return statusDiskFull(file, thrown)
    default:
      return statusFailed(file, thrown)
  }
}

/** Another process has the database open. */
export function statusInUse(file: string, cause: unknown): MailtideError {
  return new MailtideError('status/in-use', `The status ${file} is in use by another process`, {
    scope: 'account',
    retryable: true,
    hint: 'Wait for the other mailtide to finish, or end it.',
    cause,
  })
}

/** The file cannot be opened, made or written. */
export function statusUnreachable(file: string, cause: Error): MailtideError {
  return new MailtideError('status/unreachable', `The status ${file} cannot be opened: ${cause.message}`, {
    scope: 'account',
    hint: 'Check that its directory is one, who owns both, their permissions, and whether the disk is mounted read-only.',
    cause,
  })
}

/** What lies in the file is not what was written there. It is never replaced silently. */
export function statusDamaged(file: string, cause?: unknown): MailtideError {
  return new MailtideError('status/damaged', `The status ${file} is damaged, or is no status of mailtide`, {
    scope: 'account',
    hint:
      'Put back a backup of it, or move it away: the next run then compares both sides anew. It deletes nothing, ' +
      'but what was deleted on one side since the last sync comes back.',
    cause,
  })
}

/** No space is left. */
export function statusDiskFull(file: string, cause: unknown): MailtideError {
  return new MailtideError('status/disk-full', `No space left to write the status ${file}`, {
    scope: 'account',
    hint: 'Free some space on that disk, or raise the quota, and run again.',
    cause,
  })
}

/** Any other failure, such as a defective disk. */
export function statusFailed(file: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new MailtideError('status/failed', `The status ${file} failed: ${reason}`, {
    scope: 'account',
    hint: "Look into the system's log for errors of that disk.",
    cause,
  })
}

/** A later mailtide wrote this. */
export function statusTooNew(file: string, version: number, known: number): MailtideError {
  return new MailtideError(
    'status/too-new',
    `The status ${file} has schema version ${version}; this mailtide knows versions up to ${known}`,
    { scope: 'account', hint: 'A newer mailtide wrote it: use that one, or a later one.' },
  )
}

/** Somebody wants to write through a status that was opened for reading. */
export function statusReadOnly(file: string): MailtideError {
  return new MailtideError('status/read-only', `The status ${file} was opened for reading only`, { scope: 'account' })
}

/** Somebody asks a status that was closed. */
export function statusClosed(file: string): MailtideError {
  return new MailtideError('status/closed', `The status ${file} is closed`, { scope: 'account' })
}

function isSqliteError(thrown: unknown): thrown is Error & { readonly errcode: number } {
  return thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number'
}
