import { nameNotSayable } from './errors.ts'
import { type Mailbox, type PlacedMailbox, pathOf } from './mailbox.ts'
import { folderQuery, relativePath } from './notmuch-query.ts'
import { quoteForMutt } from './quote-for-mutt.ts'

/**
 * Programs that a list can be written for, a line for each mailbox.
 *
 * | format          | a line                                                     | where it is read                |
 * | --------------- | ---------------------------------------------------------- | ------------------------------- |
 * | `mutt`          | `mailboxes "/home/me/Mail/Sent"`                           | `source` in muttrc, neomuttrc   |
 * | `neomutt-named` | `named-mailboxes "home/Sent" "/home/me/Mail/Sent"`         | `source` in neomuttrc           |
 * | `aerc`          | `home/Sent=folder:"Sent"`                                  | `query-map` of a notmuch account |
 * | `notmuch`       | `folder:"Sent"`                                            | a script's `notmuch search`     |
 */
export type MailboxFormat = 'mutt' | 'neomutt-named' | 'aerc' | 'notmuch'

/** The line of a mailbox; paths for notmuch are relative to `mailRoot`. */
export function readyLine(format: MailboxFormat, box: PlacedMailbox, mailRoot: string): string {
  const path = pathOf(box)
  switch (format) {
    case 'mutt':
      return `mailboxes ${quoteForMutt(path)}`
    case 'neomutt-named':
      return `named-mailboxes ${quoteForMutt(labelOf(box))} ${quoteForMutt(path)}`
    case 'aerc':
      return `${aercName(labelOf(box))}=${queryFor(path, mailRoot)}`
    case 'notmuch':
      return queryFor(path, mailRoot)
  }
}

function labelOf({ account, folder }: Mailbox): string {
  return folder === '' ? account : `${account}/${folder}`
}

function queryFor(path: string, mailRoot: string): string {
  const relative = relativePath(mailRoot, path)
  if (relative === undefined) throw nameNotSayable(path, `notmuch with its mail in ${mailRoot}`)
  return folderQuery(relative)
}

/** aerc takes what is before the first equals sign for the name, without blanks around it, and `#` for a comment. */
function aercName(name: string): string {
  if (/[=\x00-\x1f\x7f]|^[#\s]|\s$/.test(name)) throw nameNotSayable(name, 'aerc')
  return name
}
