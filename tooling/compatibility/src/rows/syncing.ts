import { type Chapter, row, same } from '../row.ts'
import { config, engine, imap, maildir, program, python } from '../tests.ts'

/** Sections 3.1 to 3.4 of the reference. */
export const syncing: readonly Chapter[] = [
  {
    title: 'Accounts and errors',
    rows: [
      row(
        'Accounts are synced side by side up to maxsyncaccounts.',
        same,
        program.gate('lets no more pass at once than it is wide, in order, failures included'),
      ),
      row(
        'Within an account, folders and messages go over several connections.',
        same,
        program.servers('has no more than maxconnections at once'),
      ),
      row(
        'Two folders onto one local folder take turns there.',
        'an error that shows both, before anything is touched',
        program.rules('stop an account of which two folders would become one, before anything is touched'),
      ),
      row(
        'What is wrong with a message skips that message.',
        'the same, and it is tried again in the next run',
        engine.sync('reports a message that cannot be stored, copies its neighbours, and tries again next time'),
        engine.sync('reports a message that cannot be read and tries again next time'),
      ),
      row(
        'What is wrong with a folder skips that folder.',
        same,
        maildir.tree('fails that folder alone whose name is too long, or whose name has a dot in it'),
        engine.sync('leaves a folder alone whose ids lost their meaning', 'other folders go on'),
      ),
      row(
        'A connection that is lost is taken up again.',
        same,
        engine.sync('takes a broken connection up again as often as the policy says'),
        program.servers('that hangs up is tried again as retrycount says: %i ends with %i'),
      ),
      row(
        'What is wrong with an account ends that account alone.',
        same,
        program.run('goes on with the other accounts when the server of one is away'),
      ),
      row(
        'Without autorefresh one round is made, even after errors.',
        same,
        program.accountLoop('syncs once without autorefresh'),
      ),
      row(
        'With autorefresh three failures of an account in a row give it up; a success begins anew.',
        'the same, but for what waiting may mend: a server that is away ends nothing',
        program.accountLoop('gives an account up after three failures that waiting does not mend'),
        program.accountLoop('goes on as long as waiting may help'),
      ),
      row(
        'autorefresh is in minutes and may be a fraction; below 0 it is a warning and counts as 0.',
        same,
        program.accountLoop('sleeps between syncs until the run ends'),
        config.readConfig('reports > [%s] %s', 'autorefresh = -1'),
      ),
      row(
        'quick = N: the first sync is full, then come N quick ones, then a full one.',
        same,
        program.accountLoop('is quick: $why', 'two after each full one'),
      ),
      row(
        'Hooks run by the shell with nothing on stdin, and OFFLINEIMAPSYNCMODE tells the mode.',
        same,
        program.options('hooks > run before and after, know the mode, and stop nothing'),
        program.configuration('a hook > finds nothing on its standard input'),
      ),
      row(
        'What a hook prints is shown once it ended, and its return code changes nothing.',
        same,
        program.options('hooks > run before and after, know the mode, and stop nothing', 'Hook return code'),
      ),
      row(
        'postsynchook is not reached if the sync failed, and a dry run only shows both.',
        same,
        program.options('hooks > do not run after a sync that failed as a whole, nor in a dry run'),
      ),
      row(
        'utf8foldernames and decodefoldernames together are refused.',
        'either of them, or both, are the same thing',
        config.readConfig('reads what is left out of a sync', 'decodefoldernames = yes'),
      ),
      row(
        'No folder at all that is synced is an error.',
        same,
        program.options(
          'a folderfilter that refuses every folder > is an error, for a slip would keep a cron job silent for ever',
        ),
      ),
    ],
  },
  {
    title: 'Connecting',
    rows: [
      row(
        'ID tells the server who it is, before the login.',
        'after the login',
        program.servers('is spoken to in compressed form with usecompression, if it can, and told who we are'),
        imap.door('costs one command before the first of ours'),
      ),
      row(
        'The separator is asked of the server.',
        same,
        program.folders('are directories within directories with sep = /'),
      ),
      row(
        'A host that is not there, a port that speaks no TLS and a refused connection each have a message of their own.',
        same,
        imap.door('says when there is no such name'),
        imap.door('says when the other end speaks no TLS'),
        imap.door('says when nobody listens'),
      ),
      row(
        'One command at a time.',
        'many in flight, LITERAL+, MULTIAPPEND, CONDSTORE and QRESYNC where the server has them',
        imap.faults('the shortest way > to what changed is one command on a server with QRESYNC'),
      ),
      row(
        'A server that keeps silent is waited for without end, unless socktimeout is set.',
        'given up after a minute, unless socktimeout says otherwise',
        imap.faults('a server that keeps silent > on %s is given up'),
        config.readConfig('reads a small file with every default filled in', 'socketTimeout: 60'),
      ),
      row(
        'IPv6 and IPv4 are tried, whichever is faster.',
        same,
        imap.families('is reached where only $address answers, unless the other family is wanted'),
      ),
    ],
  },
  {
    title: 'Folders',
    rows: [
      row(
        'Folders that cannot be selected are passed over.',
        same,
        program.folders('that cannot be selected are passed over, and what is below them is not'),
      ),
      row(
        'A Maildir folder is a directory that holds cur, new and tmp, directly below the root, or at any depth with sep = /.',
        same,
        maildir.tree('holds for a folder what contains cur, new and tmp, directly below the root'),
        maildir.tree('nests to any depth with a slash, but never within a Maildir'),
      ),
      row(
        'The root is a folder of its own if it is a Maildir.',
        same,
        maildir.tree('has the root as the folder of the empty path if that is a Maildir'),
      ),
      row(
        'A folder that nametrans leaves without a name, or with the separator alone, is the top directory.',
        same,
        program.folders('may be the top directory, as INBOX is by %s'),
      ),
      row(
        'A dot at the beginning is nothing special; Maildir++ is made by nametrans.',
        same,
        engine.pairFolders('makes Maildir++ names of a leading dot, and finds them again'),
      ),
      row(
        'A name that is nothing but the separator is the top folder.',
        same,
        engine.pairFolders('takes a name that is nothing but the separator for the top level'),
      ),
      row(
        'A local name is the name after nametrans, with the separator of the other side.',
        same,
        engine.pairFolders('gives nametrans the untranslated name and reads the result with the same separator'),
        engine.pairFolders('pairs folders of one name, with the separators of each side'),
      ),
      row(
        'folderfilter is asked about names before nametrans, on each side about its own.',
        same,
        engine.pairFolders('leave out what a filter refuses, on either side and under either name'),
      ),
      row(
        'folderincludes are exempt from the filter, and opened even where the server does not list them; what fails is told and skipped.',
        'the same; none is listed twice',
        engine.pairFolders('let included folders in, listed or not'),
        program.rules('take in what folderincludes names, listed by the server or not'),
      ),
      row(
        'Without foldersort folders come by translated name, whatever the case.',
        same,
        engine.pairFolders('is by visible name, whatever the case'),
      ),
      row(
        'foldersort is a function of two translated names.',
        same,
        engine.pairFolders('is that of foldersort, and nothing is lost that it does not mention'),
        python.cases('sorts folders'),
      ),
      row(
        'A folder that is missing on a side is made there, with those above it, if that side may.',
        same,
        program.run('carries changes both ways and sums them up'),
        imap.createFolder('makes those above it first where the server refuses otherwise'),
      ),
      row(
        'A whole local folder that was removed is downloaded again, and nothing is deleted on the server.',
        same,
        program.folders('whose whole directory was removed here come again, and stay on the server'),
      ),
      row(
        'A local folder is made on the server only if its name leads back by the nametrans there; else the account fails, with advice.',
        'the same, and it says what to write',
        engine.pairFolders('stops the account when a new remote folder would not lead back, and says what to write'),
      ),
      row(
        'No inverse is needed where the remote has createfolders = no.',
        same,
        engine.pairFolders('needs no inverse where no remote folder may be created'),
      ),
      row(
        'A local folder whose name the remote filter would refuse is not made there.',
        same,
        engine.pairFolders('are asked once for each side and again for names that would be new'),
        engine.pairFolders('leave out what a filter refuses, on either side and under either name'),
      ),
      row(
        'A folder that is there already is no failure.',
        'the same, in whatever words the server says so',
        imap.quirks('folders > that exist already are no error, whatever the words'),
      ),
      row(
        'Directories are made with mode 0700.',
        same,
        maildir.tree('makes them for their owner only, and directories above them that are no Maildirs'),
      ),
      row(
        'Names with ../, a slash in front, or a level called cur, new or tmp are refused.',
        'kept, under names that can be directories and stay below the root',
        maildir.directoryName('are names that exist in a file system and stay below the root'),
      ),
      row(
        'Deleting or renaming a folder is never passed on.',
        same,
        program.folders('that are gone on the server are made there anew, and renaming one makes another'),
      ),
      row(
        'Two folders that nametrans makes one are mixed up.',
        'an error that names both, before anything is touched',
        engine.pairFolders('stops the account when two folders would be one'),
      ),
      row(
        'INBOX is compared literally.',
        'on IMAP it is INBOX in any spelling (RFC 3501, 5.1)',
        engine.pairFolders('takes INBOX in any case for INBOX, on IMAP'),
      ),
      row(
        'Names that only differ in case are two folders, and stick on file systems without case.',
        'two folders, with a warning',
        program.rules('warn of names that differ only in case'),
      ),
      row(
        'Names are quoted where they need it, and modified UTF-7 passes unchanged.',
        same,
        imap.protocolTexts('argument > writes $octets'),
        imap.folderNames('keeps hostile names faithfully'),
      ),
    ],
  },
]
