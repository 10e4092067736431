import { MailtideError } from '@mailtide/contracts'

/** The argument of `keyring:` names a service or a user that is empty. */
export function argumentNotUnderstood(): MailtideError {
  return new MailtideError('credentials/bad-argument', 'The argument of keyring: names no service, or no user', {
    scope: 'account',
    hint: 'Write keyring:SERVICE/USER, keyring:SERVICE, or keyring: for the host and the user of the account.',
  })
}

/** A program that asks the keyring is not there. */
export function programMissing(program: string, cause?: unknown): MailtideError {
  return new MailtideError('credentials/program-missing', `${program} is not installed, or not in PATH`, {
    scope: 'account',
    hint: 'Install python-keyring (apt install python3-keyring) or secret-tool (apt install libsecret-tools).',
    cause,
  })
}

/** There is no keyring that a program could ask: no backend of python-keyring, no D-Bus session, no service in it. */
export function keyringMissing(said: string): MailtideError {
  return new MailtideError('credentials/no-keyring', `There is no keyring here: ${said}`, {
    scope: 'account',
    hint: 'In a cron job set DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$(id -u)/bus; otherwise start GNOME Keyring, KeePassXC or KWallet.',
  })
}

/** The keyring is there, and locked. */
export function keyringLocked(hint: string): MailtideError {
  return new MailtideError('credentials/locked', 'The keyring is locked', { scope: 'account', hint })
}

/** The program failed otherwise; what it said shows why. */
export function programFailed(program: string, said: string): MailtideError {
  return new MailtideError('credentials/program-failed', `${program} failed${said === '' ? '' : `: ${said}`}`, {
    scope: 'account',
    hint: 'Try it by hand: keyring get SERVICE USER, or on macOS: security find-generic-password -s SERVICE -a USER',
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

/** The keyring took the secret, and does not answer with it. */
export function notKept(service: string, user: string): MailtideError {
  return new MailtideError('credentials/not-kept', `The keyring did not keep the password of ${user} for ${service}`, {
    scope: 'account',
    hint: 'Perhaps it has two entries for them: remove the old one with a keyring program.',
  })
}

/** The text has more octets than the program reads. */
export function secretTooLong(user: string): MailtideError {
  return new MailtideError('credentials/too-long', `The secret of ${user} is too long for the keyring`, {
    scope: 'account',
    hint: 'Keep it in a file or in pass.',
  })
}
