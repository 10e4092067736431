import { type AccountAccess, censusOf, deliver, type Resident, withAccount } from '@mailtide/sample-mail'
import { inFolder, reflagged, withLetters, without } from './census.ts'
import { arrivingMail } from './mailbox.ts'

/**
 * What happens to the account while mailtide is not running. Answers what has to be on both sides then.
 * A folder's messages are in the order of `expected` there.
 */
export async function changeServer(access: AccountAccess, expected: readonly Resident[]): Promise<Resident[]> {
  const [first, second, third, fourth] = inFolder(expected, 'INBOX')
  if (!first || !second || !third || !fourth) throw new Error('the demo wants four messages in INBOX')
  const arriving = arrivingMail()
  await withAccount(access, async (client) => {
    await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('1', ['\\Flagged'])
    await client.messageFlagsRemove('2', ['\\Seen'])
    await client.messageFlagsAdd('4', ['\\Flagged'])
    await client.messageDelete('3')
  })
  await deliver(access, arriving)
  const flagged = reflagged(expected, first, withLetters(first.flags, 'F'))
  const unread = reflagged(flagged, second, second.flags.replace('S', ''))
  const both = reflagged(unread, fourth, withLetters(fourth.flags, 'F'))
  return [...without(both, third), ...censusOf(arriving)]
}

/** The same in words. */
export const serverChanges = [
  '5 new messages: 4 in INBOX, 1 in Entwürfe',
  '2 messages flagged, 1 marked as unread',
  '1 message deleted in INBOX',
]
