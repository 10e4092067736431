import { type Chapter, row, same } from '../row.ts'
import { config, engine, imap, maildir, others, program } from '../tests.ts'

/** Sections 3.5 to 3.7, 3.9, and 3.12 to 3.14 of the reference. */
export const messages: readonly Chapter[] = [
  {
    title: 'What is looked at',
    rows: [
      row(
        'maxage: what is older than so many days, or than a day, does not exist; what has a higher UID than something younger does.',
        'older messages that are new are passed over, each by its own date',
        program.options('maxage > %s keeps old messages away, and never deletes or doubles any'),
      ),
      row(
        'A wider maxage lets in what was kept out.',
        'the same, and a narrower one takes nothing away',
        engine.windows('brings what it kept out once it is wider, and asks for nothing anew while it moves on'),
      ),
      row(
        'startdate needs an empty other side at first, and keeps the smallest UID from then on.',
        'what is new on that side is passed over by its date; the other side may hold anything',
        program.options('startdate > of the $side repository bounds what comes from there'),
      ),
      row(
        'maxsize: bigger messages do not exist, on either side.',
        'bigger messages that are new are passed over, and counted',
        engine.windows('keeps out what lies outside of it, on both sides, and says how much'),
      ),
      row(
        'Every sync lists all messages of every folder.',
        'only folders and messages that changed are asked for',
        engine.sync('opens no folder that the survey shows unchanged'),
      ),
      row(
        'A quick sync passes over flags that changed on the server.',
        'the same without CONDSTORE; with it nothing is missed',
        program.messages(
          'whose flags change on a server without CONDSTORE are seen by a full sync, and by no quick one',
        ),
      ),
      row(
        'A quick sync misses one deletion together with one arrival.',
        'sees them, by UIDNEXT',
        program.messages('deleted on the server and added again in one go are seen by a quick sync'),
      ),
      row(
        'A quick sync sees every change that was made here.',
        same,
        program.messages('changed here reach the server by a quick sync as well'),
      ),
      row(
        'A message file without a UID of its folder is new.',
        same,
        maildir.listing('tells flags and peers; peers only of names given in this folder'),
      ),
      row(
        'Mail that arrives while a sync runs is picked up by the next.',
        same,
        maildir.listing('is not trusted for the moment in which it was made'),
      ),
      row(
        'Files whose name begins with a dot are ignored.',
        same,
        maildir.listing('ignores dot files and directories'),
      ),
      row(
        'A new UIDVALIDITY is told until the state is removed.',
        same,
        program.messages(
          'of a folder that has a new UIDVALIDITY are neither deleted nor doubled, for as long as it has',
        ),
      ),
      row(
        'A client that renames files meanwhile may make messages look deleted.',
        'a file that is not there is looked for under its new name first',
        maildir.listing('never calls a message gone that a client renamed while it was listed'),
      ),
      row(
        'A disk that is not mounted looks like an empty one: all mail on the server is deleted.',
        'a root that is missing, or that is another, stops the account',
        engine.sync('refuses a store that is not the one it knows'),
        maildir.tree('never takes a missing root for an empty one'),
      ),
      row(
        'A server that shows an empty mailbox by mistake empties the local one.',
        'deletions that are too many to be believed are held back, and exit code 3 tells',
        program.run('holds many deletions back and ends with 3, until they are allowed'),
        engine.sync('does nothing when the server lists no folder'),
      ),
    ],
  },
  {
    title: 'What is done',
    rows: [
      row(
        'New messages are copied both ways, with flags and time.',
        same,
        engine.sync('copies both ways, folders included, and has nothing to do afterwards'),
        program.messages(
          'written here go up as they are, with the time of their file, and get the UID into their name',
        ),
      ),
      row(
        'Messages of which both sides have the same are not known as such, and doubled.',
        'recognised by size, date and header, and paired',
        engine.sync('adopts what both sides hold already, and joins the flags'),
      ),
      row(
        'A server that does not tell the new UID gets the message anew: the local copy is deleted and downloaded again.',
        'the UID is found by what was stored; nothing is deleted for it',
        program.messages(
          'written here go up as they are, with the time of their file, and get the UID into their name',
        ),
        imap.faults('is appended to all the same, and nothing is doubled'),
      ),
      row(
        'A deletion on one side is made on the other, whatever was done to the message there.',
        same,
        program.messages('deleted on one side are deleted on the other, whatever else was done to them there'),
      ),
      row(
        'Deletions are written down before they are made, so that a crash brings mail back rather than losing it.',
        'everything is written down before and after; a run that is cut off is completed by the next',
        engine.greatLaw('holds for $why'),
        others.killedAmid(
          'completes a first sync of 2,000 messages after 20 kills, with nothing lost and nothing doubled',
        ),
      ),
      row(
        'Flags are merged one by one against what both sides had last.',
        same,
        program.messages('have flags that each side may set and take away, and T is no deletion'),
        engine.plan('a plan carried out > makes both sides hold the same messages with the same flags'),
      ),
      row(
        'A message that was moved to another folder here is uploaded there and deleted here.',
        same,
        program.messages('moved from one folder here to another are there too, and only there'),
      ),
      row(
        'newmail_hook is called once after unread messages came into INBOX.',
        same,
        program.options('newmail_hook > is called once after unread messages came into INBOX'),
      ),
      row(
        'copy_ignore_eval keeps the UIDs of a folder away that it names.',
        same,
        program.options('copy_ignore_eval > keeps the messages away that it names'),
        engine.policies('stay where they are, are told, and come once they are no longer left out'),
      ),
    ],
  },
  {
    title: 'Flags and keywords',
    rows: [
      row(
        'S, R, F, T and D stand for \\Seen, \\Answered, \\Flagged, \\Deleted and \\Draft, and \\Recent for nothing.',
        same,
        maildir.flagLetters('stand for flags both ways, as far as they can be stored'),
      ),
      row(
        'T marks a message on the server without expunging it.',
        same,
        program.messages('have flags that each side may set and take away, and T is no deletion'),
      ),
      row(
        'Changes of flags go to the server for up to 100 messages at once.',
        'for as many as the server takes in a line',
        imap.uidSet('names all UIDs, no others, in sets within the limits'),
      ),
      row(
        'Letters of customflag_* stand for keywords, from the server to here only.',
        'both ways',
        program.options('Maildir options > customflag_x carries keywords both ways'),
      ),
      row(
        'Keywords without a letter are skipped, with a line for each message.',
        'kept on the server and here for what they are, in silence',
        engine.plan('keeps keywords that a side cannot store'),
      ),
      row('Uploads carry no keywords.', 'they do', program.messages('take their keywords along when they go up')),
      row(
        'IMAP to IMAP drops keywords.',
        'keeps them',
        program.options('two servers > are kept the same, their folders and separators apart'),
      ),
      row(
        'Letters in a file name that nobody knows go with the next change.',
        'they stay',
        maildir.writing('take keywords that have a letter, and leave letters that nobody configured'),
      ),
    ],
  },
  {
    title: 'Uploading, downloading, deleting',
    rows: [
      row(
        'filterheaders are taken off uploads.',
        same,
        program.options('filterheaders > are taken off what goes up, and off nothing that comes down'),
      ),
      row(
        'A read-only folder stores nothing and is warned of, unless ignore-readonly is set.',
        same,
        program.options('ignore-readonly > = %s'),
      ),
      row(
        'The time of an upload is that of the file, and none where no server could take it.',
        same,
        program.messages(
          'written here go up as they are, with the time of their file, and get the UID into their name',
        ),
        imap.protocolTexts('dates > are left out where no server could take them'),
      ),
      row(
        'Without UIDPLUS a header X-OfflineIMAP is added to uploads, and stays there.',
        'nothing is ever added to mail',
        program.messages(
          'written here go up as they are, with the time of their file, and get the UID into their name',
          'UIDPLUS: false',
        ),
      ),
      row(
        'An upload that the server refuses stops the account.',
        'sets that message aside; its neighbours go on',
        imap.faults('a server that refuses > one message of a batch costs that message alone'),
      ),
      row(
        'An upload whose connection breaks off is tried once more.',
        'what had arrived is looked for first, so that nothing is uploaded twice',
        imap.faults('$at of an append leaves what had arrived to be located'),
      ),
      row(
        'Messages pass through a parser that may alter them, and what it cannot read is skipped.',
        'no octet changes but line ends: LF here, CRLF there',
        maildir.reading('gives and stores $why octet for octet'),
        program.messages(
          'written here go up as they are, with the time of their file, and get the UID into their name',
        ),
      ),
      row(
        'A body that the server does not bring is an error of that message.',
        same,
        imap.quirks('bodies > that are NIL set their message aside, or are those of one that went meanwhile'),
        imap.faults('one message among many to be read costs that message alone'),
      ),
      row(
        'A deletion is marked, then expunged unless expunge = no.',
        same,
        program.options('expunge = no > marks on the server what was deleted here, and does not let it come back'),
      ),
      row(
        'A file to be deleted that was renamed is looked for once more.',
        same,
        maildir.writing('removing > removes these and no others, wherever a client moved them'),
      ),
      row(
        'No limit of rate is obeyed.',
        'a server that asks for a pause gets it',
        imap.faults('a server that refuses > and asks for a pause says so'),
      ),
      row(
        'The chain of a certificate is verified by sslcacertfile, and the fingerprint besides if there is one; both must pass.',
        same,
        imap.door('encryption > wants both, where an authority and a fingerprint are given'),
      ),
      row(
        'With a fingerprint alone the chain does not count.',
        same,
        config.readConfig('trusts certificates by what is set: $why', 'only a fingerprint'),
        imap.door('encryption > takes a %s fingerprint for proof'),
      ),
      row(
        'With neither the connection is refused.',
        'the authorities of the system count',
        program.repositories('believes no authority but those of the system unless told'),
      ),
      row(
        'The name must be on the certificate.',
        'the same; an IP address too, which OfflineIMAP refuses',
        imap.door('encryption > wants the name on the certificate'),
        imap.tls('what a server is called > by its address is checked as well'),
      ),
      row('The name is told to the server (SNI).', same, imap.tls('in TLS to $host')),
      row(
        'A certificate that expired is refused.',
        same,
        imap.oddCertificates('that expired is refused, whoever signed it'),
      ),
    ],
  },
  {
    title: 'One way only, dry runs, and two servers',
    rows: [
      row(
        'readonly here: nothing is downloaded; what is uploaded gets its UID into the name all the same.',
        'nothing is downloaded, and no file is touched',
        program.messages('are only uploaded where the local side is readonly, whose files stay as they are'),
      ),
      row(
        'readonly there: changes here stay here, deletions are remembered and not undone, no folder is made there.',
        same,
        engine.sync('never touches a read-only remote, and passes on later what was held back'),
      ),
      row(
        'As soon as readonly or sync_deletes = no is lifted, old deletions are passed on.',
        same,
        program.messages('deleted in a %s without sync_deletes stay on the other side, and do not come back'),
        program.messages('are only downloaded where the remote side is readonly'),
      ),
      row(
        'readonly and sync_deletes = no together make a backup.',
        same,
        program.messages('are only ever added to a backup: the remote side readonly, and its deletions not synced'),
      ),
      row(
        'A dry run announces folders, copies, deletions and flags with [DRYRUN].',
        same,
        program.eventLines('the lines of a run > of a dry run'),
        program.run('writes nothing in a dry run'),
      ),
      row(
        'A dry run makes directories, and empty files of its state.',
        'writes nothing',
        program.run('writes nothing in a dry run'),
      ),
      row(
        'A dry run only shows hooks.',
        same,
        program.options('hooks > do not run after a sync that failed as a whole, nor in a dry run'),
      ),
      row(
        'Two servers are kept the same through a map of UIDs.',
        'the same, with keywords',
        program.options('two servers > are kept the same, their folders and separators apart'),
      ),
      row(
        'maxage is refused between two servers.',
        'it works as elsewhere',
        program.servers('two servers > may have a window, and take each message once'),
      ),
    ],
  },
]
