import { MailtideError } from '@mailtide/contracts'

/** Whether something thrown is a failed system call, with its errno name in `code`. */
export function isSystemError(thrown: unknown): thrown is NodeJS.ErrnoException & { readonly code: string } {
  return thrown instanceof Error && 'syscall' in thrown && 'code' in thrown && typeof thrown.code === 'string'
}

/**
 * Says of a failed system call which path it was about, what happened and what to do. Anything else that was thrown
 * is handed back as it is.
 */
export function asFileError(path: string, thrown: unknown): Error {
  if (!isSystemError(thrown)) return thrown instanceof Error ? thrown : fileFailed(path, thrown)
  switch (thrown.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, thrown)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return notPermitted(path, thrown)
    case 'ENOENT':
    case 'ENOTDIR':
      return pathMissing(path, thrown)
    case 'EEXIST':
      return alreadyThere(path, thrown)
    case 'ENAMETOOLONG':
      return nameTooLong(path, thrown)
    case 'EMFILE':
    case 'ENFILE':
      return tooManyOpen(path, thrown)
    default:
      return fileFailed(path, thrown)
  }
}

/** No space is left, or the quota is used up. */
export function diskFull(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/disk-full', `No space left to write ${path} (${codeOf(cause)})`, {
    scope: 'account',
    hint: 'Free some space on that disk, or raise the quota, and run again.',
    cause,
  })
}

/** The system does not allow it: permissions, or a file system that is mounted read-only. */
export function notPermitted(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/not-permitted', `Not permitted: ${path} (${codeOf(cause)})`, {
    scope: 'folder',
    hint: 'Check who owns it, its permissions, and whether its disk is mounted read-only.',
    cause,
  })
}

/** The path, or a directory that leads to it, does not exist. */
export function pathMissing(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/missing', `Not there: ${path} (${codeOf(cause)})`, {
    scope: 'folder',
    hint: 'Check that its directory exists and that its disk is mounted.',
    cause,
  })
}

/** Something else has that name already; it is never replaced. */
export function alreadyThere(path: string, cause?: unknown): MailtideError {
  return new MailtideError('files/exists', `Already there, and not replaced: ${path}`, { scope: 'message', cause })
}

/** A name of more octets than the file system takes. */
export function nameTooLong(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/name-too-long', `Too long a name for the file system: ${path}`, {
    scope: 'folder',
    hint: 'Most file systems take 255 octets a name.',
    cause,
  })
}

/** The process has as many files open as it may. */
export function tooManyOpen(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/too-many-open', `Too many open files to open ${path} (${codeOf(cause)})`, {
    scope: 'folder',
    retryable: true,
    hint: 'Raise the limit of open files (ulimit -n).',
    cause,
  })
}

/** Any other failure, such as a defective disk. */
export function fileFailed(path: string, cause: unknown): MailtideError {
  return new MailtideError('files/failed', `The file system failed at ${path} (${codeOf(cause)})`, {
    scope: 'folder',
    hint: "Look into the system's log for errors of that disk.",
    cause,
  })
}

/** Another process holds the lock. */
export function lockHeld(file: string, holder: { readonly processId: number; readonly since: Date } | undefined) {
  const who = holder ? `process ${holder.processId} since ${holder.since.toISOString()}` : 'another process'
  return new MailtideError('lock/held', `${file} is held by ${who}`, {
    scope: 'account',
    retryable: true,
    hint: 'Wait for that process to finish, or end it. The lock ends with it; no file needs to be removed.',
  })
}

/** The lock cannot be had for a reason other than that it is held. */
export function lockUnusable(file: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new MailtideError('lock/unusable', `${file} cannot be locked: ${reason}`, {
    scope: 'account',
    hint: 'Check that its directory exists and can be written to. If the file is damaged, remove it.',
    cause,
  })
}

function codeOf(cause: unknown): string {
  return isSystemError(cause) ? cause.code : String(cause)
}
