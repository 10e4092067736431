import { MailtideError } from '@mailtide/contracts'

/** The argument of `secret-service:` is neither a label nor a list of attributes. */
export function argumentNotUnderstood(reason: string): MailtideError {
  return new MailtideError('credentials/bad-argument', `The argument of secret-service: ${reason}`, {
    scope: 'account',
    hint: 'Write attributes (secret-service:server=imap.example.org,user=bob), a label (secret-service:"My mail"), or nothing.',
  })
}

/** A program that asks the secret service is not there. */
export function programMissing(program: string, cause: unknown): MailtideError {
  const packages = program.endsWith('dbus-send')
    ? 'apt install dbus-bin, dnf install dbus-tools or pacman -S dbus'
    : 'apt install libsecret-tools, dnf install libsecret or pacman -S libsecret'
  return new MailtideError('credentials/program-missing', `${program} is not installed, or not in PATH`, {
    scope: 'account',
    hint: `Install it: ${packages}.`,
    cause,
  })
}

/** There is no D-Bus session to ask on, as in cron jobs and plain ssh logins. */
export function sessionMissing(said: string): MailtideError {
  return new MailtideError('credentials/no-session', `There is no D-Bus session to ask for secrets: ${said}`, {
    scope: 'account',
    hint: 'In a cron job set DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$(id -u)/bus; without a desktop start mailtide under dbus-run-session.',
  })
}

/** There is a session, and nobody in it keeps secrets. */
export function serviceMissing(said: string): MailtideError {
  return new MailtideError('credentials/no-service', `Nobody keeps secrets in this D-Bus session: ${said}`, {
    scope: 'account',
    hint: 'Start GNOME Keyring, or KeePassXC or KWallet with their secret service switched on.',
  })
}

/** The secret is there, and its collection is locked. */
export function collectionLocked(): MailtideError {
  return new MailtideError('credentials/locked', 'The secret is there, but its keyring is locked', {
    scope: 'account',
    hint: 'Unlock it: in KeePassXC, or in Passwords and Keys (seahorse); without a desktop by gnome-keyring-daemon --unlock, with the password on stdin.',
  })
}

/** Secrets of several users fit, and the configuration does not say which. */
export function severalUsers(): MailtideError {
  return new MailtideError('credentials/several-users', 'The secret service has secrets of several users here', {
    scope: 'account',
    hint: 'Say which is meant: remoteuser = …',
  })
}

/** The program failed otherwise; what it said shows why. */
export function programFailed(program: string, said: string): MailtideError {
  return new MailtideError('credentials/program-failed', `${program} failed${said === '' ? '' : `: ${said}`}`, {
    scope: 'account',
    hint: 'Try it by hand: secret-tool search --all ATTRIBUTE VALUE',
  })
}

/** The program did not end in time. */
export function programTimedOut(program: string, timeout: number, cause: unknown): MailtideError {
  return new MailtideError('credentials/timeout', `${program} did not answer within ${timeout / 1000} s`, {
    scope: 'account',
    retryable: true,
    hint: 'Perhaps somebody is being asked to unlock the keyring: do so, and run again.',
    cause,
  })
}

/** The text has more octets than `secret-tool` reads. */
export function textTooLong(name: string, limit: number): MailtideError {
  return new MailtideError('credentials/too-long', `The secret ${name} has more than ${limit} octets`, {
    scope: 'account',
    hint: 'Keep it in a file or in pass.',
  })
}

/** The service took the secret, and does not answer with it. */
export function notKept(name: string): MailtideError {
  return new MailtideError('credentials/not-kept', `The secret service did not keep the secret ${name}`, {
    scope: 'account',
    hint: 'Perhaps it has two items for it: remove the old one in a keyring program.',
  })
}
