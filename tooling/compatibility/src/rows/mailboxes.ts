import { type Chapter, row, same } from '../row.ts'
import { others, program } from '../tests.ts'

/** Section 5 of the reference. */
export const mailboxes: readonly Chapter[] = [
  {
    title: 'The list of mailboxes for mutt',
    rows: [
      row(
        'It holds the local names of folders as they are synced; those that a filter refuses never appear.',
        same,
        program.mailboxList('lists the local folders that are synced, and keeps the cache of OfflineIMAP'),
      ),
      row(
        'Names that are gone stay until the program ends.',
        'they go with the next sync of all folders',
        program.mailboxList(
          'keeps the other folders of an account when -f names some, and drops what is gone when all are synced',
        ),
      ),
      row(
        'What each account has is kept in mbnames/ACCOUNT.json, in ASCII.',
        'the same, octet for octet',
        others.mailboxCache("is octet for octet what Python's json writes"),
        program.mailboxListAfter('the list and the cache stay as they are, %s'),
      ),
      row(
        'The list is made of all such files, those of accounts that were not synced included.',
        same,
        program.mailboxList('lists accounts that this run does not sync, from what an earlier one met'),
      ),
      row(
        'It is sorted by account and folder, unless sort_keyfunc says otherwise.',
        same,
        others.formatMailboxes('is sorted by account, then folder, as Python sorts, unless an order is given'),
      ),
      row(
        'A list that cannot be written is told, and the sync goes on.',
        'the same, and exit code 1 tells',
        program.mailboxList('tells of %s once the mail is synced, and ends with 1'),
      ),
      row(
        'A dry run only says that it would be written.',
        same,
        program.mailboxList('writes nothing in a dry run, and says that it would'),
      ),
    ],
  },
]
