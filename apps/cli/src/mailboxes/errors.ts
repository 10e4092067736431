import { asMailtideError, MailtideError } from '@mailtide/contracts'

/** An account's cached mailboxes cannot be used. */
export function cacheUnusable(file: string, cause: unknown): MailtideError {
  const { code, message, hint } = asMailtideError(cause, 'run')
  return new MailtideError(code, `${file}: ${message}`, { scope: 'run', ...(hint !== undefined && { hint }), cause })
}
