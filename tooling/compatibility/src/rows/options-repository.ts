import { option, same } from '../row.ts'
import { config, engine, maildir, program } from '../tests.ts'

const repository = 'repository'

/** Options of every repository. */
export const repositoryOptions = [
  option(
    repository,
    'type',
    'the same; a mistyped one gets a suggestion',
    config.readConfig('reports > [%s] %s', 'type = imap'),
    config.readConfig('knows the server of type = %s'),
  ),
  option(
    repository,
    'readonly',
    'the same; a local side that is readonly is not touched at all, its file names included',
    program.messages('are only uploaded where the local side is readonly, whose files stay as they are'),
    program.messages('are only downloaded where the remote side is readonly'),
  ),
  option(
    repository,
    'createfolders',
    'the same; a folder that is missing is left out with a warning, and the others go on',
    program.folders('are made on neither side without createfolders, and the others go on'),
  ),
  option(
    repository,
    'sync_deletes',
    same,
    program.messages('deleted in a %s without sync_deletes stay on the other side, and do not come back'),
  ),
  option(
    repository,
    'nametrans',
    'the same, or in plain words, of which the inverse is derived',
    program.rules('translate names both ways, in $in'),
  ),
  option(
    repository,
    'folderfilter',
    'the same, or in plain words',
    program.rules('leave out what a filter of either side refuses, without a word'),
  ),
  option(
    repository,
    'folderincludes',
    'the same; no folder is synced twice for it',
    program.rules('take in what folderincludes names, listed by the server or not'),
  ),
  option(
    repository,
    'dynamic_folderfilter',
    'filters are always asked again at each sync',
    program.rules('are asked again at each sync, with the pythonfile, as dynamic_folderfilter wants it'),
  ),
  option(repository, 'foldersort', same, program.rules('sort the folders')),
  option(
    repository,
    'startdate',
    'the same for what is new on that side; the other side need not be empty at first, and maxage may be set too',
    program.options('startdate > of the $side repository bounds what comes from there'),
    engine.windows('$windowName with $ruleName'),
  ),
]

const kind = 'maildir'

/** Options of `[Repository …]` of type Maildir. */
export const maildirOptions = [
  option(
    kind,
    'localfolders',
    same,
    program.folders('are directories within directories with sep = /, and below a localfolders made with its parents'),
  ),
  option(
    kind,
    'sep',
    'the same; quotes around it are warned of',
    program.folders('are directories within directories with sep = /, and below a localfolders made with its parents'),
    config.readConfig('reports > [%s] %s', `sep = "."`),
  ),
  option(
    kind,
    'mtime-from-internaldate',
    'a message file has the time of its arrival, where OfflineIMAP gives it that of the download',
    program.messages('are named, placed and dated as a Maildir wants it'),
    program.messages('take the time of the download without mtime-from-internaldate'),
  ),
  option(
    kind,
    'restoreatime',
    'the access times of messages are put back',
    maildir.times('stays as it was when a message is read, as does the mtime'),
    maildir.accessTime('puts back the access time where others read meanwhile, and leaves a changed mtime'),
  ),
  option(
    kind,
    'utime_from_header filename_use_mail_timestamp',
    'the same, quick syncs included',
    program.options('utime_from_header and filename_use_mail_timestamp take the time of the message'),
    program.messages('in a GmailMaildir may have the time of their header, and be synced quickly'),
  ),
  option(
    kind,
    [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `customflag_${letter}`).join(' '),
    'both ways, where OfflineIMAP takes back what was set here',
    program.options('customflag_x carries keywords both ways'),
    config.readConfig('reports > [%s] %s', 'customflag_a = two words'),
  ),
]
