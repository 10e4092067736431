import { MailtideError } from '@mailtide/contracts'

/** What was given as the name of a header cannot be one. */
export function invalidHeaderName(name: string): MailtideError {
  return new MailtideError('message/header-name', `${JSON.stringify(name)} cannot be the name of a header`, {
    scope: 'account',
    hint: 'A name of a header is made of letters, digits and hyphens.',
  })
}
