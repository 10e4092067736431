import { type Chapter, row, same } from '../row.ts'
import { engine, imap, maildir, program } from '../tests.ts'

/** Section 3.8 of the reference. */
export const labels: readonly Chapter[] = [
  {
    title: 'Labels of Gmail',
    rows: [
      row(
        'A download has one header with its labels, sorted, in the place of all others of that name.',
        same,
        program.labels('writes labels into a header of the files, sorted, and changes nothing else'),
        maildir.labels('are stored with what comes from a server, in the place of those that somebody else wrote'),
      ),
      row(
        'Labels in the header of an upload are set on the server, and the header goes up with it.',
        'they are set, and the header stays here',
        program.labels('takes labels from the header to the server, with a new message and afterwards'),
      ),
      row(
        'Labels that changed on the server are written into the file, and nothing else there changes.',
        'the same, octet for octet',
        program.labels('writes labels into a header of the files, sorted, and changes nothing else'),
        maildir.labels('are written into messages of any bytes and size, octet for octet'),
      ),
      row(
        'Labels that changed in a file are set on the server; only files with a newer mtime are read.',
        same,
        program.labels('takes labels from the header to the server, with a new message and afterwards'),
        maildir.labels('are read only from files that changed since the cursor'),
      ),
      row(
        'Labels of ignorelabels are neither written nor set, and stay where they are.',
        same,
        program.labels('leaves labels of ignorelabels where they are, on either side'),
      ),
      row(
        'Labels that changed on the server replace those in the file, whatever changed there.',
        'they are merged, one by one',
        engine.labels('that both sides changed are merged, beside flags'),
      ),
      row(
        'A file that is written anew for its labels keeps its mtime under utime_from_header.',
        same,
        maildir.labels('give a file a new date where dates mean nothing, and keep that of utime_from_header'),
      ),
      row(
        'If either side knows no labels, a warning says so, and the mail is synced.',
        same,
        program.labels('warns where the server knows no labels, and syncs the mail'),
      ),
      row(
        'Labels in other alphabets are unreliable.',
        'they are what the server has, however they were written',
        imap.gmail('that somebody wrote as people read them become what the server has'),
      ),
      row(
        'Another labelsheader later leaves the files as they are.',
        'the labels are read from it from now on, and none is dropped because it is not there yet',
        engine.labels('are not dropped because they are not found where they are kept from now on'),
      ),
      row(
        'Deleting from a folder takes its label away; the message stays in All Mail.',
        same,
        program.labels('deletes from a folder what is deleted here, and leaves it in All Mail'),
      ),
      row(
        'Labels are noted in LocalStatus.',
        'they are taken over from there, so that what was dropped since stays dropped',
        engine.labels('are taken over from another program, so that what was dropped since stays dropped'),
      ),
    ],
  },
]
