import { MailtideError } from '@mailtide/contracts'

/** There is no pass. */
export function passMissing(cause: unknown): MailtideError {
  return new MailtideError('credentials/program-missing', 'pass is not installed, or not in PATH', {
    scope: 'account',
    hint: 'Install it: apt install pass, dnf install pass, pacman -S pass or brew install pass.',
    cause,
  })
}

/** There is no store at all. */
export function storeMissing(store: string): MailtideError {
  return new MailtideError('credentials/store-missing', `There is no password store in ${store}`, {
    scope: 'account',
    hint: 'Make one (pass init you@example.org), or say where it is: PASSWORD_STORE_DIR.',
  })
}

/** A directory of the store was named, whose list of entries would be taken for a password. */
export function entryIsDirectory(entry: string): MailtideError {
  return new MailtideError('credentials/bad-argument', `${entry} is a directory of the password store, not an entry`, {
    scope: 'account',
    hint: `See what is in it: pass ls ${entry}`,
  })
}

/** The key is there, and its passphrase could not be had. */
export function storeLocked(entry: string): MailtideError {
  return new MailtideError('credentials/locked', `pass did not get the passphrase of the key for ${entry}`, {
    scope: 'account',
    hint: `Run "pass show ${entry}" by hand, so that gpg-agent remembers the passphrase; in a terminal after export GPG_TTY=$(tty).`,
  })
}

/** The entry is encrypted to somebody else. */
export function keyMissing(entry: string): MailtideError {
  return new MailtideError('credentials/no-key', `There is no secret key here that opens ${entry}`, {
    scope: 'account',
    hint: 'Encrypt the store to a key of yours (pass init you@example.org), or check GNUPGHOME.',
  })
}

/** pass failed otherwise; what it said shows why. */
export function passFailed(deed: string, exitCode: number, said: string): MailtideError {
  const message = `pass could not ${deed} (exit code ${exitCode})`
  return new MailtideError('credentials/program-failed', said === '' ? message : `${message}: ${said}`, {
    scope: 'account',
    hint: `Run "pass ${deed}" by hand.`,
  })
}

/** pass could not be run to its end. */
export function passUnusable(cause: Error): MailtideError {
  return new MailtideError('credentials/program-failed', `pass is of no use: ${cause.message}`, {
    scope: 'account',
    hint: 'Run it by hand: pass version',
    cause,
  })
}

/** pass did not end in time. */
export function passTimedOut(entry: string, timeout: number, cause: unknown): MailtideError {
  return new MailtideError('credentials/timeout', `pass did not end within ${timeout / 1000} s`, {
    scope: 'account',
    retryable: true,
    hint: `Perhaps somebody is being asked for a passphrase. Run "pass show ${entry}" by hand, so that gpg-agent remembers it.`,
    cause,
  })
}

/** pass took the secret, and does not answer with it. */
export function notKept(entry: string): MailtideError {
  return new MailtideError('credentials/not-kept', `pass did not keep the secret ${entry}`, {
    scope: 'account',
    hint: `See what is there: pass show ${entry}`,
  })
}
