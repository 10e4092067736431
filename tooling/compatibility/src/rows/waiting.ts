import { type Chapter, row, same } from '../row.ts'
import { imap, maildir, program } from '../tests.ts'

/** Section 3.11 of the reference. */
export const waiting: readonly Chapter[] = [
  {
    title: 'Between two syncs',
    rows: [
      row(
        'IDLE watches idlefolders, a connection each; what comes there is synced at once.',
        'all folders are watched where the server has NOTIFY, else as many as connections allow, idlefolders or INBOX first',
        program.waiting('idlefolders are watched, and what comes there is synced'),
        imap.watch('tells of all folders over one connection, and of those that come'),
        imap.watch('is idled on over several connections, one of all being left for work'),
      ),
      row(
        'presynchook and postsynchook run around each folder that is synced between rounds, with the mode idle.',
        'the same, and not for what mailtide altered itself',
        program.daemon('calls the hooks around what it syncs alone, $why its own changes, and not for these'),
      ),
      row(
        'IDLE needs autorefresh.',
        same,
        program.daemon('a daemon > follows both sides %s'),
        program.accountLoop('syncs once without autorefresh'),
      ),
      row(
        'What is written here waits for the next round.',
        'it is uploaded at once',
        program.waiting('mail that is written here is uploaded at once'),
        maildir.watchTree('tells of a delivery, of a renaming and of a removal'),
      ),
      row(
        'A server without IDLE is warned of, and waited for.',
        'it is asked now and then',
        imap.watch('that refuses IDLE, or has none, is asked now and then'),
        program.waiting('a server without IDLE is asked now and then, and no mistake'),
      ),
      row('IDLE is begun anew after 29 minutes at most.', same, imap.watch('begins IDLE anew in good time')),
      row(
        'A connection that is lost stays lost until the next round.',
        'a new one is made as soon as possible, and what came meanwhile is synced',
        program.daemon('goes on when the connection was cut, and tells of it once'),
      ),
      row(
        'Suspending the machine leaves it with a dead connection, unless socktimeout is set.',
        'no connection is trusted that the machine slept over',
        imap.watch('does not rely on a connection that the machine slept through'),
        imap.shelf('trusts nothing that the machine slept over'),
      ),
      row(
        'A folder that is new is found by the next round.',
        'it is made at once on the other side, and watched',
        program.daemon('makes a folder that comes on either side, and follows it'),
      ),
      row(
        'keepalive sends NOOP over connections that are held.',
        same,
        program.waiting('keepalive says how often connections are kept from falling asleep'),
        imap.shelf('keeps what nobody uses alive'),
      ),
      row('SIGUSR1 wakes who waits so, too.', same, program.daemon('is woken for a whole sync by SIGUSR1')),
    ],
  },
]
