import { MailtideError } from '@mailtide/contracts'

/** An entry of the store, and which of its fields is the password. */
export interface PassArgument {
  readonly entry: string
  readonly field?: string
}

/**
 * Reads the argument of `pass:`: `ENTRY` or `ENTRY#FIELD`. An entry with `#` in its name is written with another one
 * behind it.
 */
export function parsePassArgument(text: string): PassArgument {
  const [, entry = '', field = ''] = /^(.*?)(?:#([^#]*))?$/s.exec(text.trim()) ?? []
  if (entry === '') {
    throw new MailtideError('credentials/bad-argument', 'The argument of pass: names no entry', {
      scope: 'account',
      hint: 'Write its name in the store: pass:Mail/account',
    })
  }
  return field === '' ? { entry } : { entry, field }
}
