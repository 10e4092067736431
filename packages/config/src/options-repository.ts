import type { OptionGroup } from './option.ts'

/** Options of every kind of repository. */
export const repositoryOptions = {
  type: { type: 'text', meaning: 'Maildir on this machine, IMAP on the server.' },
  readonly: { type: 'boolean', default: 'no', meaning: 'Alter nothing in this repository.' },
  createfolders: { type: 'boolean', default: 'yes', meaning: 'Whether folders may be created here.' },
  sync_deletes: { type: 'boolean', default: 'yes', meaning: 'Whether deletions made here reach the other side.' },
  nametrans: {
    type: 'python',
    status: 'refused',
    meaning: 'Translates the names of folders.',
    hint: 'Leave it out: folders keep their names on both sides.',
  },
  folderfilter: {
    type: 'python',
    status: 'refused',
    meaning: 'Chooses the folders that are synced.',
    hint: 'Leave it out and name the folders with -f.',
  },
  folderincludes: { type: 'python', default: '[]', status: 'refused', meaning: 'Folders synced in any case.' },
  dynamic_folderfilter: { type: 'boolean', default: 'no', status: 'inert', meaning: 'Ask the filter again each time.' },
  foldersort: {
    type: 'python',
    status: 'refused',
    meaning: 'The order of folders.',
    hint: 'Leave it out: folders are synced in the order of their names.',
  },
  startdate: { type: 'text', status: 'refused', meaning: 'Pass over messages from before this day.' },
} as const satisfies OptionGroup

/** Options of `[Repository …]` with `type = Maildir`. */
export const maildirOptions = {
  ...repositoryOptions,
  localfolders: { type: 'path', meaning: 'Directory that holds the folders.' },
  sep: { type: 'text', default: '.', meaning: 'What separates a folder from its parent in names of directories.' },
  'mtime-from-internaldate': {
    type: 'boolean',
    default: 'yes',
    meaning: 'Give message files the time at which the message arrived.',
  },
  restoreatime: { type: 'boolean', default: 'no', status: 'refused', meaning: 'Put back access times of directories.' },
  utime_from_header: {
    type: 'boolean',
    default: 'no',
    status: 'refused',
    meaning: "Give message files the time of the message's Date header.",
    hint: 'Leave it out: message files get the time of arrival (mtime-from-internaldate).',
  },
  filename_use_mail_timestamp: {
    type: 'boolean',
    default: 'no',
    status: 'refused',
    meaning: "Begin file names with the time of the message's Date header.",
  },
} as const satisfies OptionGroup

/** `customflag_a` to `customflag_z`, for `type = Maildir`. */
export const customFlagOptions: OptionGroup = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [
    `customflag_${letter}`,
    { type: 'text', status: 'refused', meaning: `The keyword that ${letter} stands for in the names of files.` },
  ]),
)
