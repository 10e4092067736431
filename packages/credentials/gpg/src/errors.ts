import { MailtideError } from '@mailtide/contracts'

/** There is no gpg. */
export function gpgMissing(cause: unknown): MailtideError {
  return new MailtideError('credentials/program-missing', 'gpg is not installed, or not in PATH', {
    scope: 'account',
    hint: 'Install GnuPG: apt install gnupg, dnf install gnupg2, pacman -S gnupg or brew install gnupg.',
    cause,
  })
}

/** There is no such file, or it may not be read. */
export function fileUnreadable(file: string, code: string): MailtideError {
  const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
  const message = isMissing ? `There is no file ${file}` : `${file} cannot be read (${code})`
  return new MailtideError(isMissing ? 'credentials/file-missing' : 'credentials/file-unreadable', message, {
    scope: 'account',
    hint: 'Check its name and its permissions.',
  })
}

/** The key is there, and its passphrase could not be had. */
export function keyLocked(file: string): MailtideError {
  return new MailtideError('credentials/locked', `gpg did not get the passphrase of the key for ${file}`, {
    scope: 'account',
    hint: `Run "gpg --decrypt ${file}" by hand, so that gpg-agent remembers the passphrase; in a terminal after export GPG_TTY=$(tty).`,
  })
}

/** The file is encrypted to somebody else. */
export function keyMissing(file: string): MailtideError {
  return new MailtideError('credentials/no-key', `There is no secret key here that opens ${file}`, {
    scope: 'account',
    hint: 'Encrypt it to a key of yours (gpg --encrypt --recipient you@example.org), or check GNUPGHOME.',
  })
}

/** The file was never encrypted. */
export function notEncrypted(file: string): MailtideError {
  return new MailtideError('credentials/not-encrypted', `${file} is not encrypted`, {
    scope: 'account',
    hint: 'Encrypt it (gpg --encrypt --recipient you@example.org), or write remotepassfile = … for a plain file.',
  })
}

/** gpg failed otherwise; what it said shows why. */
export function gpgFailed(file: string, said: string): MailtideError {
  const message = `gpg could not decrypt ${file}: ${said === '' ? 'it is not whole' : said}`
  return new MailtideError('credentials/program-failed', message, {
    scope: 'account',
    hint: `Run "gpg --decrypt ${file}" by hand.`,
  })
}

/** gpg could not be run to its end. */
export function gpgUnusable(cause: Error): MailtideError {
  return new MailtideError('credentials/program-failed', `gpg is of no use: ${cause.message}`, {
    scope: 'account',
    hint: 'Run it by hand: gpg --version',
    cause,
  })
}

/** gpg did not end in time. */
export function gpgTimedOut(file: string, timeout: number, cause: unknown): MailtideError {
  return new MailtideError('credentials/timeout', `gpg did not decrypt ${file} within ${timeout / 1000} s`, {
    scope: 'account',
    retryable: true,
    hint: `Perhaps somebody is being asked for a passphrase. Run "gpg --decrypt ${file}" by hand, so that gpg-agent remembers it.`,
    cause,
  })
}
