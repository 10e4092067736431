import { MailtideError } from '@mailtide/contracts'

/** Whose token it is. */
export interface OamaArgument {
  /** As `oama authorize` was told it; most often the mail address. */
  readonly address: string
}

/** Reads the argument of `oama:`, an address. */
export function parseOamaArgument(text: string): OamaArgument {
  const address = text.trim()
  // With a dash before, oama would take it for an option.
  if (/^[^\s-]\S*$/.test(address)) return { address }
  throw new MailtideError('credentials/bad-argument', 'The argument of oama: is no address', {
    scope: 'account',
    hint: 'Write the address that oama knows: oama:bob@example.org',
  })
}
