import type { OptionGroup } from './option.ts'

/** Options of every kind of repository. */
export const repositoryOptions = {
  type: { type: 'text', meaning: 'Maildir or GmailMaildir on this machine, IMAP or Gmail on the server.' },
  readonly: { type: 'boolean', default: 'no', meaning: 'Alter nothing in this repository.' },
  createfolders: { type: 'boolean', default: 'yes', meaning: 'Whether folders may be created here.' },
  sync_deletes: { type: 'boolean', default: 'yes', meaning: 'Whether deletions made here reach the other side.' },
  nametrans: {
    type: 'rule',
    meaning:
      'What the other side calls a folder: a function of its name, or strip-prefix:, prefix:, map: in plain words.',
    example: 'strip-prefix: INBOX.',
  },
  folderfilter: {
    type: 'rule',
    meaning: 'Which folders are synced: a function of the name here, or include: and exclude: in plain words.',
    example: 'exclude: Trash, Lists/*',
  },
  folderincludes: {
    type: 'python',
    default: '[]',
    meaning: 'List of folders that are synced whatever folderfilter says, on the server even if it does not list them.',
    example: "['debian.user', 'debian.personal']",
  },
  dynamic_folderfilter: {
    type: 'boolean',
    default: 'no',
    meaning: 'Ask folderfilter again at each sync; mailtide always does.',
  },
  foldersort: {
    type: 'python',
    meaning:
      "The order of the server's folders: a function of two translated names that answers below, equal to or above 0.",
    example: 'lambda a, b: len(a) - len(b)',
  },
  startdate: {
    type: 'text',
    meaning: 'Pass over new messages of this side from before this day (YYYY-MM-DD).',
    example: '2024-01-01',
  },
} as const satisfies OptionGroup

/** Options of `[Repository …]` with `type = Maildir`. */
export const maildirOptions = {
  ...repositoryOptions,
  localfolders: { type: 'path', meaning: 'Directory that holds the folders.', example: '~/Mail' },
  sep: { type: 'text', default: '.', meaning: 'What separates a folder from its parent; / makes directories nest.' },
  'mtime-from-internaldate': {
    type: 'boolean',
    default: 'yes',
    meaning: 'Give message files the time at which the message arrived.',
    source: 'mailtide',
  },
  restoreatime: {
    type: 'boolean',
    default: 'no',
    meaning: 'Put back the access times of what a sync reads.',
  },
  utime_from_header: {
    type: 'boolean',
    meaning: "Give message files the time of the message's Date header.",
  },
  filename_use_mail_timestamp: {
    type: 'boolean',
    meaning: "Begin file names with the time of the message's Date header.",
  },
} as const satisfies OptionGroup

/** `customflag_a` to `customflag_z`, for `type = Maildir`. */
export const customFlagOptions: OptionGroup = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [
    `customflag_${letter}`,
    { type: 'text', meaning: `The keyword that ${letter} stands for in the names of files.`, example: '$Label1' },
  ]),
)
