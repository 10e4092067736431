import type { OptionGroup } from './option.ts'

/** Options of `[general]`. */
export const generalOptions = {
  metadata: { type: 'path', default: '~/.offlineimap', meaning: 'Directory of the state on disk.' },
  accounts: { type: 'list', meaning: 'Accounts to sync when the command line names none.', example: 'home' },
  maxsyncaccounts: { type: 'integer', default: '1', meaning: 'How many accounts are synced at once.' },
  ui: {
    type: 'text',
    default: 'ttyui',
    meaning: 'How progress is shown: ttyui, basic, quiet, syslog, machineui, blinkenlights or json.',
  },
  pythonfile: {
    type: 'path',
    meaning: 'Python file whose functions and imports all Python values can use.',
    example: '~/.offlineimap.py',
  },
  socktimeout: { type: 'integer', default: '60', meaning: 'Seconds a server may stay silent; 0 is no limit.' },
  fsync: { type: 'boolean', default: 'yes', meaning: 'Whether messages are flushed to the disk.' },
  'dry-run': { type: 'boolean', default: 'no', meaning: 'Say what would be done and do nothing.' },
  'ignore-keyring': { type: 'boolean', default: 'no', meaning: 'Do not ask the system keyring for passwords.' },
  'update-keyring': { type: 'boolean', default: 'no', meaning: 'Store passwords that worked in the system keyring.' },
  'ignore-readonly': {
    type: 'boolean',
    default: 'no',
    meaning: 'Do not warn of changes that a read-only folder refuses.',
  },
  utime_from_header: {
    type: 'boolean',
    default: 'no',
    meaning: "Default of the repositories' option of this name.",
  },
  filename_use_mail_timestamp: {
    type: 'boolean',
    default: 'no',
    meaning: "Default of the repositories' option of this name.",
  },
} as const satisfies OptionGroup

/** Options of `[mbnames]`. Without `enabled` the others say nothing. */
export const mbnamesOptions = {
  enabled: { type: 'boolean', default: 'no', meaning: 'Write a list of mailboxes for mutt or another program.' },
  filename: { type: 'path', meaning: 'Where the list of mailboxes is written.', example: '~/.mutt/mailboxes' },
  format: {
    type: 'text',
    meaning: 'The program that the list is for, in place of peritem: mutt, neomutt-named, aerc or notmuch.',
    example: 'mutt',
    source: 'mailtide',
  },
  mailroot: {
    type: 'path',
    meaning: "The root of notmuch's mail, for format = aerc and notmuch; unset: what all localfolders have in common.",
    example: '~/Mail',
    source: 'mailtide',
  },
  header: { type: 'python', meaning: 'Text before the list.', example: '"mailboxes "' },
  peritem: {
    type: 'template',
    meaning: 'Template of one mailbox, with %(accountname)s, %(foldername)s and %(localfolders)s.',
    example: '"+%(accountname)s/%(foldername)s"',
  },
  sep: { type: 'python', meaning: 'Text between two mailboxes.', example: '" "' },
  footer: { type: 'python', meaning: 'Text after the list.', example: String.raw`"\n"` },
  incremental: {
    type: 'boolean',
    default: 'no',
    meaning: 'Write the list after each account, not only at the end of the run.',
  },
  folderfilter: {
    type: 'python',
    meaning: 'Function of an account and a local folder: whether it is listed.',
    example: "lambda account, folder: folder != 'Trash'",
  },
  sort_keyfunc: {
    type: 'python',
    meaning: 'Function of a mailbox, a dict, that answers what to sort it by.',
    example: "lambda box: (box['accountname'], box['foldername'])",
  },
} as const satisfies OptionGroup
