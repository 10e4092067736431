import { type Chapter, row } from '../row.ts'
import { engine, imap, others, program, state } from '../tests.ts'

/** Whatever the reference marks as a bug. */
export const bugs: readonly Chapter[] = [
  {
    title: 'Bugs of OfflineIMAP',
    rows: [
      row(
        'A folder with a new UIDVALIDITY is said to be skipped and synced all the same, with wrong UIDs: mail is deleted here.',
        'no message is deleted for it',
        engine.sync('leaves a folder alone whose ids lost their meaning'),
      ),
      row(
        'A state that was lost takes flags off on the server.',
        'the flags of both sides are joined',
        program.messages('whose state was lost on this side are neither copied nor stripped of flags'),
        others.takingOver('a lost status is found again from names, sizes and dates alone'),
      ),
      row(
        'Keywords and P set here are taken back by the next sync.',
        'they reach the server',
        program.options('customflag_x carries keywords both ways', "'PSb'"),
      ),
      row(
        'In a folder that the server says is read-only changes of flags are forgotten, and deleted messages come back.',
        'nothing is forgotten; it is passed on once it may be',
        engine.sync('says so where the server declares a folder read-only, and forgets nothing'),
      ),
      row(
        'With maxsize a message that is just too big once it is uploaded is deleted here.',
        'it stays on both sides',
        engine.windows('never removes a message that was uploaded at the limit of size and is beyond it over there'),
        others.takingOver('a message that line ends make too big over there is uploaded and never removed for it'),
      ),
      row(
        'EXPUNGE takes along what others have marked as deleted.',
        'only what mailtide marked is expunged, also without UIDPLUS',
        imap.faults('mail of others', 'UIDPLUS: false, ESEARCH: false'),
        program.messages('deleted on one side are deleted on the other, whatever else was done to them there'),
      ),
      row(
        'A dry run fails, or hangs, where a folder would have to be made.',
        'it says that it would be made',
        engine.sync('alters nothing in a dry run, and says what it would do'),
        program.run('writes nothing in a dry run'),
      ),
      row(
        'A local folder that is missing and may not be made ends the account, or hangs.',
        'it is left out with a warning, and the others go on',
        program.folders('are made on neither side without createfolders, and the others go on'),
      ),
      row(
        'A name that holds the local separator is skipped, and the warning lost.',
        'it is synced; two that would be one here are an error',
        program.folders('with the local separator in their names are synced, unless two would be one here'),
      ),
      row(
        'A GmailMaildir with utime_from_header fails in quick syncs.',
        'it is synced',
        program.messages('in a GmailMaildir may have the time of their header, and be synced quickly'),
      ),
      row(
        'STARTTLS is not verified, and where it is missing the password goes in clear text.',
        'it is verified, and without it no password goes anywhere',
        program.servers('by STARTTLS has to have a certificate that is right'),
        imap.door('encryption > is never done without where STARTTLS is asked for'),
      ),
      row(
        'The proxy is gone around unless ipv6 is set.',
        'nothing goes around it',
        program.connections('a proxy > that is not there is never gone around'),
        imap.proxy('nobody goes past it when it fails'),
      ),
      row(
        'The proxy is asked for addresses that were looked up without it.',
        'the proxy looks names up',
        imap.proxy('the name is resolved by the proxy, and a family changes nothing'),
      ),
      row(
        'remote_identity crashes.',
        'it opens the mail of another',
        program.servers('opens the mail of another by remote_identity'),
      ),
      row(
        'decodefoldernames crashes.',
        'it is the same as utf8foldernames',
        program.folders('are decoded by utf8foldernames for rules and directories, and by decodefoldernames alike'),
      ),
      row(
        'A certificate without a common name is refused.',
        'names in SAN are enough',
        imap.oddCertificates('without a common name is taken for the names that it has besides'),
      ),
      row(
        'In the fcntl kind of lock the loser removes the lock file of the winner.',
        'the file stays as it is',
        others.acquireLock('refuses a second holder and says who the first is'),
      ),
      row(
        'A flat status is not imported where no database is.',
        'it is',
        state.open('finds each file under its own name'),
        state.open('believes the database rather than the flat file of before'),
      ),
      row(
        'Without the keyring package, and with no other password, it fails in place of asking.',
        'a keyring that is not there is passed over',
        program.servers('that wants a password is told of, where no keyring is and nobody can be asked'),
      ),
      row(
        '-l leaves standard error empty.',
        'it stays as it is',
        program.commandLine('-l leaves the terminal what it shows'),
      ),
      row(
        'oauth2_access_token_eval is evaluated once, and a daemon outlives the token.',
        'evaluated anew for each login',
        program.credentialChain('asks each time where the source knows best'),
      ),
      row(
        '--migrate-fmd5-using-nametrans crashes.',
        'it renames',
        program.modes('gives files the hash of the translated name, by rules in $in, and a sync has nothing to do'),
      ),
      row(
        '--mbnames-prune takes an account for one of [general] whose name is part of another.',
        'whole names count',
        program.mailboxList('--mbnames-prune > drops accounts that [general] does not name, by their whole names'),
      ),
      row(
        '--delete-folder ends with 0 when it failed.',
        'with 1',
        program.modes('--delete-folder > ends with 1 for a folder that $why'),
      ),
      row(
        'machineui raises where it should tell of a wrong password.',
        'getpasserror tells',
        program.machineUi('asks for a password by the protocol, and says when it was refused'),
      ),
      row(
        'The list of mailboxes is written in place, and a crash leaves half of it.',
        'it is replaced in one step',
        program.mailboxList('is written only if it changed, through a symbolic link too, and keeps its permissions'),
        others.replaceFile('is not stopped by what a killed run left behind'),
      ),
      row(
        'With synclabels the times of messages are unknown, and customflags crash.',
        'both are as without labels',
        program.labels('gives files the time of their arrival, and keywords their letters, as without labels'),
      ),
    ],
  },
]
