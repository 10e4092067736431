import { MailtideError } from '@mailtide/contracts'

/** There is no state that anything could be compared with. */
export function neverSynced(account: string): MailtideError {
  return new MailtideError('cli/never-synced', `there is nothing to verify: ${account} was never synced`, {
    scope: 'account',
    hint: `Sync it first: mailtide -o -a ${account}`,
  })
}
