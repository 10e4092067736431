import { MailtideError } from '@mailtide/contracts'

/** The refresh token is worth nothing any more (`invalid_grant`, RFC 6749, 5.2), or there is none. */
export function logInAgain(account: string, reason: string): MailtideError {
  return new MailtideError('credentials/login-again', `${account} has to log in again: ${printable(reason)}`, {
    scope: 'account',
    hint: `Run: mailtide login ${account}`,
  })
}

/** The authorization server does not know this client, or not its secret. */
export function clientRefused(server: string, reason: string): MailtideError {
  return new MailtideError('credentials/client-refused', `${server} refused the client: ${printable(reason)}`, {
    scope: 'account',
    hint: 'Check oauth2_client_id and oauth2_client_secret against what the provider gave out.',
  })
}

/** The authorization server refused for another reason. */
export function tokenRefused(server: string, reason: string): MailtideError {
  return new MailtideError('credentials/token-refused', `${server} gave no token: ${printable(reason)}`, {
    scope: 'account',
    hint: 'Check oauth2_request_url, the client and its scopes.',
  })
}

/** The authorization server cannot be reached, or has troubles of its own. */
export function serverUnreachable(server: string, reason: string): MailtideError {
  return new MailtideError('credentials/unreachable', `${server} gives no tokens just now: ${printable(reason)}`, {
    scope: 'account',
    retryable: true,
    hint: 'Check the network, and oauth2_request_url.',
  })
}

/** The authorization server kept silent. */
export function serverSilent(server: string, milliseconds: number): MailtideError {
  return new MailtideError('credentials/timeout', `${server} did not answer within ${milliseconds / 1000} s`, {
    scope: 'account',
    retryable: true,
    hint: 'Try again later.',
  })
}

/** What answers is no authorization server. */
export function notAnAnswer(server: string, reason: string): MailtideError {
  return new MailtideError(
    'credentials/protocol',
    `${server} does not answer like an authorization server: ${reason}`,
    {
      scope: 'account',
      hint: 'Check oauth2_request_url.',
    },
  )
}

/** A token must not go over a line that others can read, nor to an address that `fetch` would show in its errors. */
export function insecureAddress(what: string): MailtideError {
  return new MailtideError('credentials/insecure-address', `the ${what} is no address to send secrets to`, {
    scope: 'account',
    hint: 'It has to begin with https: (http: is for this very machine only), and to hold no name and password.',
  })
}

/** The provider cannot do it this way. */
export function flowMissing(flow: 'browser' | 'device'): MailtideError {
  const other = flow === 'device' ? 'in a browser' : 'with a device code'
  return new MailtideError('credentials/flow-missing', `this provider has no login by ${flow}`, {
    scope: 'account',
    hint: `Log in ${other}.`,
  })
}

/** The user, or the provider, said no. */
export function loginDenied(reason: string): MailtideError {
  return new MailtideError('credentials/login-denied', `the login was not allowed: ${printable(reason)}`, {
    scope: 'account',
    hint: 'Begin anew, and allow mailtide to read and change your mail.',
  })
}

/** Nobody came back from the browser, or typed in the code. */
export function loginTookTooLong(): MailtideError {
  return new MailtideError('credentials/login-expired', 'the login was not completed in time', {
    scope: 'account',
    hint: 'Begin anew.',
  })
}

/** Nobody can come back from a browser to this port. */
export function portUnusable(port: number, cause: unknown): MailtideError {
  return new MailtideError('credentials/port', `port ${port} of this machine cannot be listened on`, {
    scope: 'account',
    hint: 'Choose another port, or leave the choice to mailtide.',
    cause,
  })
}

/** The login worked, but will not last. */
export function noRefreshToken(): MailtideError {
  return new MailtideError('credentials/no-refresh-token', 'the provider gave no refresh token', {
    scope: 'account',
    hint: 'Take back what you allowed before in your account at the provider, and log in again.',
  })
}

/** The file of tokens is open to others. */
export function tokensExposed(path: string): MailtideError {
  return new MailtideError('credentials/exposed', `${path} can be read by others`, {
    scope: 'account',
    hint: `Run: chmod 600 ${path}`,
  })
}

/** The file of tokens cannot be read or written. */
export function tokenFileFailed(what: 'read' | 'written' | 'removed', path: string, cause: unknown): MailtideError {
  const reason = cause instanceof Error ? printable(cause.message) : String(cause)
  return new MailtideError('credentials/token-file', `${path} cannot be ${what}: ${reason}`, {
    scope: 'account',
    hint: 'Check that the file and its directory belong to you, and that the disk is not full.',
    cause,
  })
}

/** A file took what was written, and holds something else. */
export function secretNotKept(path: string): MailtideError {
  return new MailtideError('credentials/not-kept', `${path} does not hold what was written to it`, {
    scope: 'account',
    hint: 'Check the disk.',
  })
}

/** No store of secrets can be used. */
export function noPlaceForTokens(account: string): MailtideError {
  return new MailtideError('credentials/no-store', `there is no place to keep the tokens of ${account}`, {
    scope: 'account',
    hint: 'Unlock the keyring, or have the tokens kept in a file.',
  })
}

/** What should be tokens cannot be read. */
export function tokensDamaged(where: string, account: string): MailtideError {
  return new MailtideError('credentials/damaged', `the tokens of ${account} in ${where} cannot be read`, {
    scope: 'account',
    hint: `Run: mailtide login ${account}`,
  })
}

/** A program was to print an access token, and did not. */
export function noTokenPrinted(account: string): MailtideError {
  return new MailtideError('credentials/no-token', `what was printed for ${account} is no access token`, {
    scope: 'account',
    hint: 'The program has to print nothing but the token: run it by hand to see what it says.',
  })
}

/** Words from outside, safe to print. */
export function printable(text: string): string {
  const clean = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim()
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean
}
