import { argument, command } from './command.ts'
import { printable } from './errors.ts'
import type { Session } from './session.ts'

/**
 * Deletes a mailbox with all that is in it (RFC 9051, 6.3.5). Those below it stay. The server refuses INBOX, and a mailbox
 * that isn't there.
 */
export async function deleteMailbox(session: Session, name: string): Promise<void> {
  // A folder that is selected here may not be deletable, and the connection would be of no use afterwards.
  session.deselect()
  await session.connection.run(`to delete ${printable(name)}`, command('DELETE ', argument(name)))
}
