import { exchangeItems } from './not-mail.ts'
import type { ProfileName, ServerProfile } from './profile.ts'

/** What is safe with a server of which nothing is known. */
export const genericProfile: ServerProfile = {
  name: 'generic',
  title: 'any other server',
  connectionLimit: undefined,
  connections: 3,
  avoid: [],
  notMail: [],
  deletion: 'expunge',
  expunge: 'removes',
  idAfterLogin: false,
  longestCommand: 8000,
  appendLimit: undefined,
  idleMinutes: 28,
  habits: [],
  waits: [],
  notes: [
    { text: 'Servers have to take command lines of 8,000 octets.', source: 'RFC 2683, 3.2.1.5' },
    { text: 'IDLE has to be renewed before half an hour is over.', source: 'RFC 2177, 3' },
  ],
}

/** Every profile, the generic one last. */
export const profiles: readonly ServerProfile[] = [
  profile('gmail', 'Gmail', {
    connectionLimit: 15,
    deletion: 'move-to-trash',
    expunge: 'unlabels',
    appendLimit: 35_651_584,
    idleMinutes: 9,
    habits: ['localised-names', 'merges-twins'],
    notes: [
      { text: 'Fifteen connections an account, then logging in is refused.', source: 'imapsync/imapsync#61' },
      {
        text: 'Throttling is slowness and OK [THROTTLED]; uploads lose the connection.',
        source: 'jstedfast/MailKit#1396',
      },
      { text: 'EXPUNGE in the folder of a label archives; in All Mail it does nothing.', source: 'chatmail/core#3957' },
      { text: 'What EXPUNGE does is a setting of the web interface.', source: 'itprojects/InboxPager#28' },
      { text: 'CONDSTORE is there and QRESYNC is not.', source: 'deltachat/deltachat-core#200' },
      { text: 'APPEND takes 35,651,584 octets.', source: 'jstedfast/MailKit#1396' },
      { text: 'A message that is there already is not stored again.', source: 'google/import-mailbox-to-gmail#56' },
      { text: 'Special folders are named in the language of the user.', source: 'getmail6/getmail6#188' },
    ],
  }),
  profile('exchange', 'Exchange and Microsoft 365', {
    notMail: exchangeItems,
    longestCommand: 1000,
    habits: ['phantom-uids', 'search-lies', 'slow', 'localised-names'],
    notes: [
      {
        text: 'Throttled requests are told in milliseconds when to come back, then BYE.',
        source: 'imapsync/imapsync#198',
      },
      {
        text: 'UIDs are listed that FETCH leaves out; calendars and the like are full of them.',
        source: 'OfflineIMAP/offlineimap#62',
      },
      {
        text: 'Calendars, contacts, tasks and sync issues are listed as folders.',
        source: 'OfflineIMAP/offlineimap#450',
      },
      { text: 'Long command lines are refused.', source: 'Foundry376/Mailspring-Sync#5' },
      {
        text: 'SEARCH by a header cannot be relied upon, and old servers have no UIDPLUS.',
        source: 'OfflineIMAP/offlineimap#439',
      },
    ],
  }),
  profile('icloud', 'iCloud', {
    avoid: ['QRESYNC'],
    habits: ['rfc822-is-empty', 'search-lies', 'confirm-deletions'],
    notes: [
      {
        text: 'VANISHED is malformed, ENABLED is not told, sequence numbers are wrong.',
        source: 'Foundry376/Mailspring-Sync#91',
      },
      { text: 'FETCH RFC822 brings nothing.', source: 'modern-email/defects#36' },
      {
        text: 'A broad UID SEARCH gives UIDs that cannot be fetched; ENVELOPE is broken.',
        source: 'kenn-io/msgvault#436',
      },
    ],
  }),
  profile('yahoo', 'Yahoo and AOL', {
    connections: 2,
    habits: ['ranges-fail', 'modseq-zero-is-bad', 'confirm-deletions'],
    // It says so of one message that it can't read: what helps is to pass over that one, not to wait.
    waits: [{ says: '[UNAVAILABLE] UID FETCH', milliseconds: 1000 }],
    notes: [
      {
        text: 'NO [UNAVAILABLE] UID FETCH, for one message and for ranges that hold it.',
        source: 'imapsync/imapsync#119',
      },
      {
        text: 'Messages are missing in ranges, sequence numbers are stale after EXPUNGE.',
        source: 'jstedfast/MailKit#358',
      },
      { text: 'A search for MODSEQ 0 is BAD.', source: 'jstedfast/MailKit#221' },
      { text: 'Few connections are allowed.', source: 'maathimself/mailflow#433' },
    ],
  }),
  profile('fastmail', 'Fastmail', {
    habits: ['prefix-inbox'],
    notes: [
      { text: 'QRESYNC can be relied upon.', source: 'postalsys/emailengine#114' },
      { text: 'Old accounts have all folders below INBOX.', source: 'OfflineIMAP/offlineimap#382' },
    ],
  }),
  profile('proton-bridge', 'Proton Mail Bridge', {
    connections: 1,
    habits: ['unstable-uids', 'slow', 'confirm-deletions'],
    notes: [
      { text: 'UIDVALIDITY changes with updates, and UIDs are not stable.', source: 'ProtonMail/proton-bridge#220' },
      { text: 'Messages that the web shows are not listed.', source: 'ProtonMail/proton-bridge#61' },
      { text: 'Big folders are very slow.', source: 'LukeSmithxyz/mutt-wizard#95' },
    ],
  }),
  profile('davmail', 'DavMail', {
    connections: 2,
    notMail: exchangeItems,
    habits: ['idle-lies', 'search-lies', 'confirm-deletions'],
    notes: [
      { text: 'The second run deletes what the first one copied.', source: 'OfflineIMAP/offlineimap#327' },
      { text: 'Mail is doubled.', source: 'OfflineIMAP/offlineimap#174' },
      {
        text: 'With its keep-alive on, folders are missing and IDLE is confused.',
        source: 'OfflineIMAP/offlineimap#479',
      },
    ],
  }),
  profile('coremail', '163, 126 and other Coremail servers', {
    connections: 2,
    idAfterLogin: true,
    habits: ['idle-lies'],
    notes: [
      { text: 'SELECT Unsafe Login, until ID was sent after logging in.', source: 'OfflineIMAP/offlineimap#696' },
      { text: 'Some of them have no IDLE.', source: 'smiley22/S22.Imap#167' },
      { text: 'STATUS may answer with an empty list.', source: 'modern-email/defects#15' },
    ],
  }),
  profile('qq', 'QQ', {
    connections: 2,
    idAfterLogin: true,
    habits: ['ascending-sets-only', 'idle-lies'],
    notes: [
      { text: 'ID is wanted after logging in, as by Coremail.', source: 'modern-email/defects#25' },
      { text: 'Ranges that descend are refused.', source: 'rustmailer/bichon#25' },
    ],
  }),
  profile('workmail', 'Amazon WorkMail', {
    connections: 2,
    notes: [{ text: 'Throttles, in the middle of a run.', source: 'OfflineIMAP/offlineimap#666' }],
  }),
  profile('zoho', 'Zoho Mail', {
    habits: ['search-lies'],
    notes: [
      {
        text: 'A connection that was dropped goes on answering nothing to NOOP.',
        source: 'OfflineIMAP/offlineimap#69',
      },
      { text: 'SEARCH by a header tells one UID twice.', source: 'OfflineIMAP/offlineimap#676' },
    ],
  }),
  profile('mailru', 'mail.ru', {
    notes: [{ text: 'BODYSTRUCTURE has a boundary of NIL, on which parsers fail.', source: 'pimalaya/himalaya#649' }],
  }),
  profile('dovecot', 'Dovecot', {
    connectionLimit: 10,
    habits: ['prefix-inbox'],
    notes: [
      {
        text: 'Ten connections of one user from one address, unless configured otherwise.',
        source: 'mscdex/node-imap#882',
      },
      { text: 'Folders may be below INBOX. by configuration.', source: 'OfflineIMAP/offlineimap#480' },
      { text: 'QRESYNC, NOTIFY and LIST-STATUS can be relied upon.', source: 'postalsys/emailengine#114' },
    ],
  }),
  profile('cyrus', 'Cyrus', {
    habits: ['prefix-inbox'],
    notes: [{ text: 'QRESYNC and LIST-STATUS can be relied upon.', source: 'postalsys/emailengine#114' }],
  }),
  profile('courier', 'Courier', {
    habits: ['prefix-inbox'],
    notes: [{ text: 'No CONDSTORE, and every folder is below INBOX.', source: 'www.courier-mta.org/imap' }],
  }),
  genericProfile,
]

function profile(
  name: ProfileName,
  title: string,
  known: Partial<Omit<ServerProfile, 'name' | 'title'>> & Pick<ServerProfile, 'notes'>,
): ServerProfile {
  return { ...genericProfile, ...known, name, title }
}
