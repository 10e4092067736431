import { option, same } from '../row.ts'
import { config, program, state } from '../tests.ts'

const account = 'account'

/** Options of `[Account …]`. */
export const accountOptions = [
  option(
    account,
    'localrepository remoterepository',
    'the same; a name that is wrong gets a suggestion',
    config.readConfig('reads a small file with every default filled in'),
    config.readConfig('reads an account between two servers'),
  ),
  option(
    account,
    'autorefresh',
    same,
    program.accountLoop('sleeps between syncs until the run ends'),
    program.run('syncs again and again, wakes at SIGUSR1, ends at %s'),
  ),
  option(
    account,
    'quick',
    'the same, also together with maxage and startdate',
    program.accountLoop('is quick: $why'),
    program.commandLine('-q brings new mail under maxage as well'),
  ),
  option(
    account,
    'utf8foldernames',
    same,
    program.folders('are decoded by utf8foldernames for rules and directories, and by decodefoldernames alike'),
  ),
  option(
    account,
    'maildir-windows-compatible',
    same,
    program.messages(
      'take the time of the download without mtime-from-internaldate, and ! with maildir-windows-compatible',
    ),
  ),
  option(
    account,
    'presynchook postsynchook',
    same,
    program.options('hooks > run before and after, know the mode, and stop nothing'),
    program.options('hooks > do not run after a sync that failed as a whole, nor in a dry run'),
  ),
  option(
    account,
    'maxsize',
    'the same for what is new; what is synced already is never deleted for its size',
    program.options('maxsize > leaves big messages where they are, on both sides'),
  ),
  option(
    account,
    'maxage',
    'the same for what is new; what is synced already stays, and a local IMAP may have it too',
    program.options('maxage > %s keeps old messages away, and never deletes or doubles any'),
  ),
  option(
    account,
    'synclabels',
    same,
    program.labels('writes labels into a header of the files, sorted, and changes nothing else'),
    program.labels('takes labels from the header to the server, with a new message and afterwards'),
  ),
  option(account, 'labelsheader', same, program.labels('writes them into labelsheader = %s as %s')),
  option(account, 'ignorelabels', same, program.labels('leaves labels of ignorelabels where they are, on either side')),
  option(
    account,
    'filterheaders',
    same,
    program.options('filterheaders > are taken off what goes up, and off nothing that comes down'),
  ),
  option(
    account,
    'proxy',
    'the same without another package; the proxy looks names up, and one that is mistyped is an error',
    program.connections('stands between every connection and the server, which it is to look up itself'),
    config.readConfig('reports > [%s] %s', 'proxy = SOCKS5:localhost'),
  ),
  option(
    account,
    'authproxy',
    same,
    program.servers('asks for tokens with what is computed, through authproxy alone'),
    config.readConfig('reads how to log in', 'authproxy ='),
  ),
  option(
    account,
    'write-offlineimap-state',
    'OfflineIMAP finds its own state up to date, and can take over again at any time',
    state.offlineimap(
      'what OfflineIMAP left of an account with a Maildir > is written so that OfflineIMAP finds nothing to do',
    ),
  ),
  option(
    account,
    'status_backend',
    'ignored with a warning, where OfflineIMAP refuses to run',
    program.configuration('[%s] %s has no effect, and says so', 'status_backend'),
  ),
  option(
    account,
    'skipsleep',
    'ignored with a warning; OfflineIMAP only sets it for itself',
    program.configuration('[%s] %s has no effect, and says so', 'skipsleep'),
  ),
]
