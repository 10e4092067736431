/** A flag of the command line. */
export interface Flag {
  /** As typed: `-a` or `--info`. */
  readonly names: readonly string[]
  /** What its argument is called, if it takes one. */
  readonly argument?: string
  readonly meaning: string
  /** Flags of OfflineIMAP that this version does not carry out: what to do instead. */
  readonly refused?: string
}

/** Every flag of OfflineIMAP, in the order in which `--help` shows them. */
export const flags = {
  help: { names: ['-h', '--help'], meaning: 'Show this text.' },
  version: { names: ['--version'], meaning: 'Show the version number.' },
  versions: { names: ['-V'], meaning: 'Show the versions of mailtide and of what it runs on.' },
  config: { names: ['-c'], argument: 'FILE', meaning: 'Read this configuration file.' },
  accounts: { names: ['-a'], argument: 'A[,B...]', meaning: 'Sync these accounts.' },
  folders: {
    names: ['-f'],
    argument: 'F[,G...]',
    meaning: 'Sync only these folders, named as on the server.',
  },
  override: {
    names: ['-k'],
    argument: '[section:]option=value',
    meaning: 'Override one option; underscores in the section stand for blanks. Repeatable.',
  },
  once: { names: ['-o'], meaning: 'Sync once, whatever autorefresh says.' },
  quick: { names: ['-q'], meaning: 'Make all syncs quick ones.' },
  single: { names: ['-1'], meaning: 'One account and one connection at a time.' },
  dryRun: { names: ['--dry-run'], meaning: 'Say what would be done and do nothing.' },
  allowDeletions: {
    names: ['--allow-deletions'],
    meaning: 'Carry out deletions that were held back because there are so many.',
  },
  info: { names: ['--info'], meaning: 'Show the repositories and their folders instead of a sync.' },
  ui: { names: ['-u'], argument: 'UI', meaning: 'How progress is shown: ttyui, basic or quiet.' },
  log: { names: ['-l'], argument: 'FILE', meaning: 'Append everything that is told to this file, too.' },
  debug: { names: ['-d'], argument: 'T[,U...]', meaning: 'Trace imap, maildir, thread, or all of them.' },
  ignoreKeyring: { names: ['--ignore-keyring'], meaning: 'Do not ask the system keyring; mailtide never does.' },
  updateKeyring: {
    names: ['--update-keyring'],
    meaning: 'Store passwords in the system keyring.',
    refused: 'Store the password by the means of your keyring.',
  },
  syslog: {
    names: ['-s'],
    meaning: 'Send everything to syslog, too.',
    refused: 'Use -l FILE, or -u basic with logger.',
  },
  profile: {
    names: ['-P'],
    argument: 'DIR',
    meaning: 'Write Python profiles.',
    refused: "Node's own --cpu-prof does the same for mailtide.",
  },
  deleteFolder: {
    names: ['--delete-folder'],
    argument: 'NAME',
    meaning: 'Delete a folder on the server.',
    refused: 'Delete it in a mail program.',
  },
  migrate: {
    names: ['--migrate-fmd5-using-nametrans'],
    meaning: 'Rename files of OfflineIMAP before 6.3.5.',
    refused: 'Let OfflineIMAP do it once.',
  },
  mbnamesPrune: {
    names: ['--mbnames-prune'],
    meaning: 'Remove accounts that are gone from the list of mailboxes.',
    refused: 'This version writes no list of mailboxes.',
  },
} as const satisfies Readonly<Record<string, Flag>>

/** A flag's name in this program. */
export type FlagName = keyof typeof flags
