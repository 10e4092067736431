import { MailtideError } from '@mailtide/contracts'

/** Several logins fit, and the configuration does not say which. */
export function severalLogins(host: string): MailtideError {
  return new MailtideError('credentials/several-users', `The decrypted file has several logins for ${host}`, {
    scope: 'account',
    hint: 'Say which is meant: remoteuser = …',
  })
}

/** A line that is no authinfo. What stands there is not shown: it may be half of a password. */
export function lineNotUnderstood(line: number): MailtideError {
  return new MailtideError(
    'credentials/bad-file',
    `The decrypted file, line ${line}: a word stands where none is expected`,
    {
      scope: 'account',
      hint: 'Put a password that has blanks or quotes into "…", with a backslash before each " and \\ in it.',
    },
  )
}
