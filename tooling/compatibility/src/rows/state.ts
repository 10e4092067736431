import { type Chapter, row, same } from '../row.ts'
import { engine, maildir, others, program, state } from '../tests.ts'

/** Section 4 of the reference. */
export const stateOnDisk: readonly Chapter[] = [
  {
    title: 'State on disk',
    rows: [
      row(
        'The state is below metadata, in directories with mode 0700.',
        'the same; its own is Account-NAME/mailtide.sqlite, beside what OfflineIMAP left',
        program.signalsAndLocks('of the state are for their user alone, and none tells a process'),
        state.write('makes the files and directories that OfflineIMAP makes, and nothing else'),
      ),
      row(
        'The state of a folder is a file of its name, / replaced by ., the top folder being dot.',
        'found and written there',
        state.fileNames('repositoryFileName > of %j is %j'),
      ),
      row(
        'LocalStatus goes by the name after nametrans, FolderValidity, UIDMapping and StartUID by the untranslated one.',
        same,
        state.open('finds each file under its own name'),
        state.fileNames('of $visibleName, separated by $remoteSeparator, is $file'),
      ),
      row(
        'a/b and a.b share a file, unnoticed.',
        'noticed: nothing is taken over or written of either',
        state.fileNames('sharedFiles > tells a/b from a.b no more than OfflineIMAP does'),
        state.write('refuses folders that OfflineIMAP cannot tell apart'),
      ),
      row(
        'LocalStatus-sqlite has version 2, with flags, mtime and labels that may be NULL; version 1 is upgraded.',
        'both are read and written',
        state.sqliteStatus('reads version 2, labels that are NULL included'),
        state.sqliteStatus('reads version 1, and one that was cut off on its way to version 2'),
        state.write('upgrades version 1, and fills a database that has no tables yet'),
      ),
      row(
        'Labels and mtime of Gmail are kept in it.',
        'left alone where mailtide knows nothing of them',
        state.write('leaves labels alone that it is not told of'),
      ),
      row(
        'A database that is locked is tried again for ever.',
        'is told, and may be tried again',
        state.sqliteStatus('says that it may be tried again while another process is writing'),
      ),
      row(
        'Flat files have format 1 or 2; a wrong first line or a damaged one is an error.',
        same,
        state.flatStatus('readFlatStatus > reads $why'),
        state.flatStatus('readFlatStatus > refuses $why, and says which file'),
      ),
      row(
        'UIDMapping holds a pair of UIDs a line.',
        'read and written',
        state.uidMap('reads pairs of local and remote UIDs'),
        state.uidMap('reads what was written'),
      ),
      row(
        'Two servers go by that map.',
        'it is taken over and kept up to date for OfflineIMAP',
        state.offlineimap('is read with its UID map, and written so that OfflineIMAP finds nothing to do'),
      ),
      row(
        'FolderValidity holds a UIDVALIDITY.',
        'read and compared; another one voids what was known',
        state.offlineimap('is read: status, flags, UIDVALIDITY'),
        engine.inherit('is void where the ids of the local side are of another epoch'),
      ),
      row(
        'Files of the state are written beside their place, and renamed.',
        same,
        state.write('leaves nothing behind of a new file whose writing was cut short'),
      ),
      row(
        'A status without a FolderValidity is believed.',
        'both sides are compared message by message, and nothing is removed',
        engine.inherit('is void where it is $why: both sides are compared message by message, and nothing is removed'),
      ),
      row(
        'Another program that takes over downloads everything anew.',
        'nothing is downloaded, uploaded or deleted for the change',
        others.takingOver('what another program knew is taken over unread, and what was deleted since is deleted'),
        program.switching('transfers none of 2,000 messages, with nested folders, nametrans, flags and custom flags'),
        program.switching('passes on what was done between the two, and only that'),
      ),
      row(
        'Going back to OfflineIMAP.',
        'it finds nothing to do, with write-offlineimap-state = yes',
        state.offlineimap('is written so that OfflineIMAP sees what changed since, and no more'),
      ),
      row(
        'A state that is damaged ends in a traceback.',
        'an error that names the file',
        state.sqliteStatus('readSqliteStatus > refuses $why, and says which file'),
      ),
    ],
  },
  {
    title: 'Maildir files',
    rows: [
      row(
        'A file is called TIME_SEQ.PID.HOST,U=UID,FMD5=HASH:2,FLAGS.',
        same,
        maildir.writing("gives OfflineIMAP's names, in new or cur by whether it was seen"),
        program.messages('are named, placed and dated as a Maildir wants it'),
      ),
      row(
        'FMD5 is the MD5 of the local name after the local nametrans.',
        same,
        program.rules('hash the name after the local nametrans into FMD5'),
      ),
      row(
        'Another nametrans makes every message look new.',
        'hashes of before are known, and nothing is doubled',
        maildir.adoption('knows UIDs by the hash of its name, before nametrans and after, and by no other'),
      ),
      row(
        'SEQ counts within a second.',
        'the same, and the second never goes back with the clock',
        maildir.fileName('are counted within a second, and the second does not go back with the clock'),
      ),
      row(
        'HOST is the name of the machine, a slash in it becoming a dash.',
        'the same for whatever cannot be in a name',
        maildir.fileName('are counted within a second', "hostName: 'a/b:c'"),
      ),
      row(
        'filename_use_mail_timestamp takes the time of Date, else of Delivery-date, else the present.',
        same,
        maildir.times('the time in a name > $why'),
      ),
      row(
        'The flags are sorted letters, and the info part is always there.',
        same,
        program.messages('are named, placed and dated as a Maildir wants it'),
      ),
      row(
        'Two files with one UID: one hides the other.',
        'the older one has it, the other is new',
        maildir.listing('gives a UID that two names claim to the older one'),
      ),
      row(
        'Only a name that holds the hash of its folder tells a UID.',
        same,
        maildir.fileName('file names > $why', 'of a folder it was moved from'),
      ),
      row(
        'A message goes to cur if it is seen, else to new.',
        same,
        program.messages('are named, placed and dated as a Maildir wants it'),
      ),
      row(
        'A file that a client moved to cur stays there until a flag changes.',
        same,
        program.messages('moved by a mail client from new to cur are left where they are'),
      ),
      row(
        'A message is written to tmp, flushed and renamed, and never replaces another.',
        'the same, and the directory is flushed too',
        maildir.writing('appending > never replaces a message'),
        others.writeFiles('never replaces what is there'),
      ),
      row(
        'An upload gives the file a new name; what the mail client called it is lost.',
        'a new name with the UID; directory, flags and content stay',
        maildir.writing('noting peers > gives a new name with the UID; directory, flags and content stay'),
      ),
      row(
        'INTERNALDATE is not applied to files.',
        'it is their mtime, unless mtime-from-internaldate = no',
        program.messages('are named, placed and dated as a Maildir wants it'),
      ),
      row(
        'maildir-windows-compatible writes ! for :.',
        'the same; a file system without colons is told, with that advice',
        maildir.writing('flag changes > use the other separator where told so'),
        maildir.noColons('a file system without colons: says what to do, and changes nothing'),
      ),
    ],
  },
]
