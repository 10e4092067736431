import { MailtideError } from '@mailtide/contracts'
import { isSystemError } from '@mailtide/durable-fs'

/** The root of the tree is not there: an unmounted disk, perhaps. Never the same as "no folders". */
export function rootMissing(root: string): MailtideError {
  return new MailtideError('maildir/root-missing', `The Maildir root ${root} is not there`, {
    scope: 'account',
    hint: 'Check that its disk is mounted and that localfolders names the right directory.',
  })
}

/** The root of the tree is there, but cannot be looked into. */
export function rootUnreadable(root: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new MailtideError('maildir/root-unreadable', `The Maildir root ${root} cannot be read: ${reason}`, {
    scope: 'account',
    hint: 'Check who owns it and its permissions.',
    cause,
  })
}

/** Says of a failed look at the tree that it was the root that could not be looked into. */
export function asRootError<T>(root: string, look: () => T): T {
  try {
    return look()
  } catch (thrown) {
    throw isSystemError(thrown) ? rootUnreadable(root, thrown) : thrown
  }
}

/** A letter cannot stand for this keyword in the names of files. */
export function badCustomFlag(letter: string, keyword: string): MailtideError {
  const message = `customflag_${letter} = ${keyword}: a letter from a to z stands for one keyword`
  return new MailtideError('maildir/custom-flag', message, {
    scope: 'account',
    hint: 'A keyword has no blanks, brackets or quotes in it, and no backslash before it: system flags have letters already.',
  })
}

/** Says what can be done where a name with a colon is refused (EINVAL, as FAT and NTFS do); other errors stay. */
export function asNameError(path: string, error: Error): Error {
  const cause = error instanceof MailtideError ? error.cause : error
  return isSystemError(cause) && cause.code === 'EINVAL' && path.includes(':2,') ? colonRefused(path, cause) : error
}

/** The file system does not take a colon in a name. */
export function colonRefused(path: string, cause: unknown): MailtideError {
  return new MailtideError('maildir/colon-refused', `The file system refuses the name of ${path}`, {
    scope: 'folder',
    hint: 'If it takes no colons, set maildir-windows-compatible = yes in the account: ! is written instead.',
    cause,
  })
}

/** No Maildir (a directory with cur, new and tmp) is at this place. */
export function noSuchFolder(directory: string): MailtideError {
  return new MailtideError('maildir/no-such-folder', `${directory} is not a Maildir`, {
    scope: 'folder',
    hint: 'A Maildir is a directory that contains cur, new and tmp.',
  })
}

/** A folder's name, as a directory, has more octets than file systems take. */
export function nameTooLong(name: string): MailtideError {
  const octets = Buffer.byteLength(name)
  return new MailtideError('maildir/name-too-long', `The folder name ${name} has ${octets} octets, 255 are possible`, {
    scope: 'folder',
    hint: 'Shorten it with nametrans, use sep = / if it is a long way of nested folders, or exclude it.',
  })
}

/** One level of a folder's way contains the separator, so that the directory would read as two levels. */
export function separatorInName(segments: readonly string[], separator: string): MailtideError {
  const shown = segments.map((segment) => JSON.stringify(segment)).join(' > ')
  return new MailtideError(
    'maildir/separator-in-name',
    `The folder ${shown} cannot be stored: "${separator}" separates folders here`,
    { scope: 'folder', hint: 'Set sep = / in the Maildir repository, or rename the folder with nametrans.' },
  )
}

/** The folder was opened to be looked at only. */
export function openedToExamine(directory: string): MailtideError {
  return new MailtideError('maildir/examine-only', `${directory} was opened to be examined, not to be changed`, {
    scope: 'folder',
  })
}

/** The folder or its repository was closed. */
export function folderClosed(directory: string): MailtideError {
  return new MailtideError('maildir/closed', `${directory} is closed`, { scope: 'folder' })
}

/** One message's file cannot be read. */
export function unreadable(path: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new MailtideError('maildir/unreadable', `${path} cannot be read: ${reason}`, {
    scope: 'message',
    hint: 'Check who owns the file and its permissions.',
    cause,
  })
}

/** What has a message's name is a pipe, a device or the like. */
export function notAFile(path: string): MailtideError {
  return new MailtideError('maildir/not-a-file', `${path} is not a regular file`, {
    scope: 'message',
    hint: 'Remove it from the Maildir.',
  })
}

/** There is no place in a message where a header could stand, or somebody keeps writing it. */
export function labelsNotWritten(path: string, reason: string): MailtideError {
  return new MailtideError('maildir/labels-not-written', `the labels of ${path} could not be written: ${reason}`, {
    scope: 'message',
  })
}

/** A body has more or fewer octets than it said. */
export function sizeDiffers(what: string, expected: number, found: number): MailtideError {
  return new MailtideError('maildir/size-differs', `${what}: ${expected} octets expected, ${found} found`, {
    scope: 'message',
    retryable: true,
  })
}
