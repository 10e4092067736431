/** How much stops when an error is thrown: one message, one folder, the account, or the whole run. */
export type ErrorScope = 'message' | 'folder' | 'account' | 'run'

/** What an error tells besides its code and message. */
export interface MailtideErrorOptions {
  readonly scope: ErrorScope
  /** Whether the same may work later with nobody doing anything. */
  readonly retryable?: boolean
  /** What the user can do about it: one sentence. */
  readonly hint?: string
  readonly cause?: unknown
}

/**
 * The one class of error that crosses a package's border.
 *
 * Each package makes its own in `errors.ts`, a function apiece. A secret, or what a password program
 * printed, never enters a message.
 */
export class MailtideError extends Error {
  override readonly name = 'MailtideError'
  /** Names the error for programs: `imap/login-refused`. */
  readonly code: string
  readonly scope: ErrorScope
  readonly retryable: boolean
  readonly hint: string | undefined

  constructor(code: string, message: string, options: MailtideErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.scope = options.scope
    this.retryable = options.retryable ?? false
    this.hint = options.hint
  }
}

/** Makes a MailtideError of whatever was thrown, leaving those that already are one as they are. */
export function asMailtideError(thrown: unknown, scope: ErrorScope): MailtideError {
  if (thrown instanceof MailtideError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new MailtideError('unexpected', message, { scope, cause: thrown })
}
