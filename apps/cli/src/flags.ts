/** What can stand before the flags instead of a sync. */
export const commands = {
  folders: { usage: 'folders', meaning: "Show each folder, its local name, and why it is or isn't synced." },
  login: {
    usage: 'login ACCOUNT',
    meaning: 'Log an account in with OAuth 2, and keep its tokens.',
  },
  adopt: {
    usage: 'adopt ACCOUNT --from mbsync',
    meaning: 'Sync an account for the first time with what mbsync knew of it: nothing is copied for the change.',
  },
  verify: {
    usage: 'verify ACCOUNT',
    meaning: 'Say what differs between the server, the local mail and the state, and change nothing.',
  },
  'config check': { usage: 'config check', meaning: 'Tell every mistake of the configuration.' },
  'config explain': { usage: 'config explain OPTION', meaning: 'Explain an option.' },
  'config dump': {
    usage: 'config dump --json',
    meaning: 'Show what the configuration says, with everything evaluated, passwords included.',
  },
} as const satisfies Readonly<Record<string, { readonly usage: string; readonly meaning: string }>>

/** A command other than a sync. */
export type CommandName = keyof typeof commands

/** A flag of the command line. */
export interface Flag {
  /** As typed: `-a` or `--info`. */
  readonly names: readonly string[]
  /** What its argument is called, if it takes one. */
  readonly argument?: string
  readonly meaning: string
  /** Stands for something else than a sync, and so beside no command. */
  readonly instead?: true
  /** The only commands that take it. */
  readonly onlyFor?: readonly CommandName[]
}

/** Every flag of OfflineIMAP, and mailtide's own, in the order in which `--help` shows them. */
export const flags = {
  help: { names: ['-h', '--help'], meaning: 'Show all flags.' },
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
  migrate: {
    names: ['--migrate-fmd5-using-nametrans'],
    meaning: 'Instead of a sync, give files of OfflineIMAP before 6.3.5 the hash of the translated name.',
    instead: true,
  },
  mbnamesPrune: {
    names: ['--mbnames-prune'],
    meaning: 'Instead of a sync, take accounts that [general] does not name out of the list of mailboxes.',
    instead: true,
  },
  deleteFolder: {
    names: ['--delete-folder'],
    argument: 'NAME',
    meaning: 'Instead of a sync, delete a folder on the server of one account, named as there.',
    instead: true,
  },
  ui: {
    names: ['-u'],
    argument: 'UI',
    meaning: 'How progress is shown: ttyui, basic, quiet, syslog, machineui, blinkenlights or json.',
  },
  log: { names: ['-l'], argument: 'FILE', meaning: 'Append everything that is told to this file, too.' },
  syslog: { names: ['-s'], meaning: 'Send everything that is told to syslog, too.' },
  python: {
    names: ['--python'],
    argument: 'auto|builtin|host|off',
    meaning: 'Who evaluates Python values: mailtide itself (builtin), python3 (host), or python3 only at need (auto).',
  },
  profile: {
    names: ['-P'],
    argument: 'DIR',
    meaning: 'Write a V8 CPU profile of each account into this directory; implies -1.',
  },
  debug: { names: ['-d'], argument: 'T[,U...]', meaning: 'Trace imap, maildir, thread, or all of them.' },
  ignoreKeyring: { names: ['--ignore-keyring'], meaning: 'Do not ask the system keyring for passwords.' },
  updateKeyring: { names: ['--update-keyring'], meaning: 'Store passwords that worked in the system keyring.' },
  device: {
    names: ['--device'],
    meaning: 'Log in with a code that you type in on another machine.',
    onlyFor: ['login'],
  },
  port: {
    names: ['--port'],
    argument: 'PORT',
    meaning: 'The port of the address on this machine that the browser comes back to.',
    onlyFor: ['login'],
  },
  from: {
    names: ['--from'],
    argument: 'PROGRAM',
    meaning: 'The program to take over from: mbsync. (What OfflineIMAP knew is taken over without being asked.)',
    onlyFor: ['adopt'],
  },
  state: {
    names: ['--state'],
    argument: 'DIR',
    meaning: "The directory of mbsync's state files, where they do not lie in the Maildirs.",
    onlyFor: ['adopt'],
  },
  deep: { names: ['--deep'], meaning: 'Compare every octet: all mail is read, on both sides.', onlyFor: ['verify'] },
  repair: {
    names: ['--repair'],
    meaning: 'Mend what the state says wrongly. No mail is touched.',
    onlyFor: ['verify'],
  },
  json: { names: ['--json'], meaning: 'Print JSON.', onlyFor: ['config dump', 'verify'] },
  sample: {
    names: ['--folders'],
    argument: 'FILE',
    meaning: 'Ask the rules of folders about the names in this JSON file.',
    onlyFor: ['config dump'],
  },
} as const satisfies Readonly<Record<string, Flag>>

/** A flag's name in this program. */
export type FlagName = keyof typeof flags
