import { MailtideError } from '@mailtide/contracts'

/** Others can read the file, or change it. */
export function openToOthers(file: string): MailtideError {
  return new MailtideError('credentials/open-to-others', `Others may read ${file}, which holds passwords`, {
    scope: 'account',
    hint: `Keep it to yourself: chmod 600 ${quoted(file)}`,
  })
}

/** The file is somebody else's. */
export function notOwned(file: string): MailtideError {
  return new MailtideError('credentials/not-owned', `${file} belongs to another user`, {
    scope: 'account',
    hint: `Make it yours: chown "$(id -un)" ${quoted(file)}`,
  })
}

/** The file was named, and is not there or cannot be read. */
export function fileUnreadable(file: string, code: string, cause: unknown): MailtideError {
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
  const message = isMissing ? `There is no file ${file}` : `${file} cannot be read (${code})`
  return new MailtideError(isMissing ? 'credentials/file-missing' : 'credentials/file-unreadable', message, {
    scope: 'account',
    hint: 'Check its name, its owner and its permissions.',
    cause,
  })
}

/** The file is encrypted. */
export function fileEncrypted(file: string): MailtideError {
  return new MailtideError('credentials/file-encrypted', `${file} is encrypted`, {
    scope: 'account',
    hint: `Have it decrypted: gpg:${file}`,
  })
}

/** A line that is no netrc. What stands there is not shown: it may be half of a password. */
export function lineNotUnderstood(file: string, line: number): MailtideError {
  return new MailtideError('credentials/bad-file', `${file}, line ${line}: a word stands where none is expected`, {
    scope: 'account',
    hint: 'Put a password that has blanks or quotes into "…", with a backslash before each " and \\ in it.',
  })
}

/** Several logins fit, and the configuration does not say which. */
export function severalLogins(file: string, host: string): MailtideError {
  return new MailtideError('credentials/several-users', `${file} has several logins for ${host}`, {
    scope: 'account',
    hint: 'Say which is meant: remoteuser = …',
  })
}

function quoted(file: string): string {
  return /^[\w./~@+-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`
}
