import { MailtideError } from '@mailtide/contracts'
import { asFileError, isSystemError } from '@mailtide/durable-fs'

const takeAway =
  'Put back a backup of it, or move it away: the folder is then compared anew on both sides, without knowing what was ' +
  'deleted since OfflineIMAP last ran.'

/** Something else lies in the file than OfflineIMAP writes there. Never taken for an empty one. */
export function stateDamaged(file: string, what: string, cause?: unknown): MailtideError {
  return new MailtideError('offlineimap/damaged', `OfflineIMAP's ${file} is damaged: ${what}`, {
    scope: 'folder',
    hint: takeAway,
    cause,
  })
}

/** The file is of a later OfflineIMAP than is known. */
export function versionUnknown(file: string, version: string): MailtideError {
  return new MailtideError('offlineimap/version-unknown', `OfflineIMAP's ${file} is of version ${version}`, {
    scope: 'folder',
    hint: 'Versions 1 and 2 are understood. Look for a newer mailtide.',
  })
}

/** Another process, an OfflineIMAP perhaps, is just now writing. */
export function stateBusy(file: string, cause: unknown): MailtideError {
  return new MailtideError('offlineimap/busy', `OfflineIMAP's ${file} is locked by another process`, {
    scope: 'folder',
    retryable: true,
    hint: 'Wait for OfflineIMAP to finish, or end it.',
    cause,
  })
}

/** A folder whose name would be no file in OfflineIMAP's directories. */
export function nameImpossible(name: string): MailtideError {
  return new MailtideError('offlineimap/name-impossible', `OfflineIMAP can keep no state of ${JSON.stringify(name)}`, {
    scope: 'folder',
    hint: 'Translate it to another name with nametrans, or leave it out with folderfilter.',
  })
}

/** Several folders whose state OfflineIMAP keeps in one and the same file. */
export function fileShared(file: string, names: readonly string[]): MailtideError {
  const folders = names.map((name) => JSON.stringify(name)).join(' and ')
  return new MailtideError('offlineimap/file-shared', `OfflineIMAP keeps ${folders} in one file, ${file}`, {
    scope: 'folder',
    hint: 'Translate one of them to another name with nametrans, or leave it out with folderfilter.',
  })
}

/** What is to be written is no UID, or no UIDVALIDITY (RFC 9051: both from 1 up). */
export function notUid(id: string): MailtideError {
  return new MailtideError(
    'offlineimap/not-a-uid',
    `${JSON.stringify(id)} is neither a UID nor a UIDVALIDITY, so that OfflineIMAP's state cannot be written`,
    {
      scope: 'folder',
    },
  )
}

/** One UID for two messages. */
export function uidTwice(uid: number): MailtideError {
  return new MailtideError('offlineimap/uid-twice', `The UID ${uid} stands for two messages`, { scope: 'folder' })
}

/** What lies in mbsync's file was not written by isync 1.4 or later. */
export function mbsyncDamaged(file: string, what: string): MailtideError {
  return new MailtideError('mbsync/damaged', `mbsync's ${file} cannot be understood: ${what}`, {
    scope: 'folder',
    hint: 'Files of isync 1.4 and later are understood. Run its mbsync once, or move the file away.',
  })
}

/** A journal lies beside mbsync's file. */
export function mbsyncUnfinished(file: string): MailtideError {
  return new MailtideError('mbsync/unfinished', `mbsync was cut off, or is running: ${file} has a journal`, {
    scope: 'folder',
    hint: 'Run mbsync once to its end: it alone can finish what the journal tells.',
  })
}

/** A failure of SQLite or of the system, in words that say which file it is about and what to do. */
export function asStateError(file: string, thrown: unknown): Error {
  if (isSystemError(thrown)) return asFileError(file, thrown)
  if (!isSqliteError(thrown)) return thrown instanceof Error ? thrown : stateDamaged(file, String(thrown))
  // The low octet of an extended result code is the plain one (https://sqlite.org/rescode.html).
  switch (plainCode(thrown)) {
    case 5:
    case 6:
      return stateBusy(file, thrown)
    case 3:
    case 8:
    case 14:
      return stateUnreachable(file, thrown)
    case 13:
      return stateDiskFull(file, thrown)
    default:
      return stateDamaged(file, thrown.message, thrown)
  }
}

/** Whether SQLite could not read in place, because it would first have to write: an unfinished change to be taken back. */
export function needsRecovery(thrown: unknown): boolean {
  return isSqliteError(thrown) && (plainCode(thrown) === 8 || plainCode(thrown) === 14)
}

function plainCode(error: SqliteError): number {
  return error.errcode & 0xff
}

function stateUnreachable(file: string, cause: Error): MailtideError {
  return new MailtideError('offlineimap/unreachable', `OfflineIMAP's ${file} cannot be opened: ${cause.message}`, {
    scope: 'folder',
    hint: 'Check who owns it and its directory, their permissions, and whether the disk is mounted read-only.',
    cause,
  })
}

function stateDiskFull(file: string, cause: Error): MailtideError {
  return new MailtideError('offlineimap/disk-full', `No space left to write OfflineIMAP's ${file}`, {
    scope: 'account',
    hint: 'Free some space on that disk, or raise the quota, and run again.',
    cause,
  })
}

interface SqliteError extends Error {
  readonly errcode: number
}

function isSqliteError(thrown: unknown): thrown is SqliteError {
  return thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number'
}
