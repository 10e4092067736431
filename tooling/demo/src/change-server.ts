import { type AccountAccess, censusOf, deliver, type Resident, withAccount } from '@mailtide/sample-mail'
import { reflagged, takeFrom, withLetter, without } from './census.ts'
import { arrivingMail } from './mailbox.ts'

/**
 * What happens to the account while mailtide is not running. Answers what has to be on both sides then.
 * On the server a folder's messages are in the order of `expected`.
 */
export async function changeServer(access: AccountAccess, expected: readonly Resident[]): Promise<Resident[]> {
  const inbox = expected.filter(({ folder }) => folder === 'INBOX')
  const take = takeFrom(expected, 'INBOX')
  const flagged = [take((flags) => !flags.includes('F')), take((flags) => flags === 'S')]
  const unread = take((flags) => flags.includes('S'))
  const deleted = take(() => true)
  const arriving = arrivingMail()
  await withAccount(access, async (client) => {
    const numberOf = (message: Resident) => String(inbox.indexOf(message) + 1)
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd(flagged.map(numberOf).join(','), ['\\Flagged'])
    await client.messageFlagsRemove(numberOf(unread), ['\\Seen'])
    await client.messageDelete(numberOf(deleted))
  })
  await deliver(access, arriving)
  const marked = flagged.reduce((all, one) => reflagged(all, one, withLetter(one.flags, 'F')), [...expected])
  const changed = reflagged(marked, unread, unread.flags.replace('S', ''))
  return [...without(changed, deleted), ...censusOf(arriving)]
}

/** The same in words. */
export const serverChanges = [
  '5 new messages: 4 in INBOX, 1 in Entwürfe',
  '2 messages flagged, 1 marked as unread',
  '1 message deleted in INBOX',
]
