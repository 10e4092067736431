import { roff, roffArgument } from '@mailtide/config'
import { exitMeanings } from './exit-codes.ts'
import { commands, type Flag, flags } from './flags.ts'
import { usageOf } from './help-text.ts'

const description = [
  'mailtide keeps mail in two places the same: an IMAP account and a Maildir tree, both ways. It takes the place of OfflineIMAP: the same configuration, the same flags, the same Maildir. What OfflineIMAP knew of each message is taken over by the first sync.',
  'Without a command it syncs the accounts that [general] names, once, or again and again those that have autorefresh.',
  'More than a hundred deletions that are more than half of an account are held back until --allow-deletions. A Maildir whose disk is not mounted, and a server that suddenly lists nothing, stop the account.',
]

const signals = [
  [
    'SIGINT, SIGTERM, SIGHUP',
    'Stop as soon as it is safe; the third of them at once. The next run completes the work.',
  ],
  ['SIGUSR1', 'Wakes who sleeps, and begins a full sync.'],
  ['SIGUSR2, SIGABRT', 'End autorefresh after the sync in progress.'],
] as const

const environment = [
  ['XDG_CONFIG_HOME', 'Where offlineimap/config is looked for instead of in ~/.config.'],
  ['NO_COLOR', 'No colour.'],
  ['OFFLINEIMAPSYNCMODE', 'Set for presynchook and postsynchook: full, quick or idle.'],
] as const

const files = [
  ['$XDG_CONFIG_HOME/offlineimap/config, ~/.offlineimaprc', 'The configuration: the first of them that there is.'],
  ['~/.offlineimap', 'The state, mode 0700; metadata in [general] names another place.'],
  ['~/.offlineimap/Account-NAME/mailtide.sqlite', 'What the last sync of an account left behind.'],
  ['~/.netrc, /etc/netrc', 'Passwords, by host and login.'],
] as const

/** The manual page mailtide(1), in the man macros. */
export function manualPage(): string {
  const lines = [
    '.TH MAILTIDE 1 "" mailtide "User commands"',
    '.nh',
    '.SH NAME',
    'mailtide \\- keeps an IMAP account and a Maildir tree the same',
    '.SH SYNOPSIS',
    '.B mailtide',
    '[FLAGS]',
    ...Object.values(commands).flatMap(({ usage }) => ['.br', `.B ${roffArgument(`mailtide ${usage}`)}`, '[FLAGS]']),
    '.SH DESCRIPTION',
    ...description.flatMap((text) => ['.PP', roff(text)]),
    '.SH COMMANDS',
    ...Object.values(commands).flatMap(({ usage, meaning }) => entry(usage, meaning)),
    '.SH OPTIONS',
    ...Object.values(flags).flatMap((flag: Flag) => entry(usageOf(flag), meaningOf(flag))),
    '.SH "EXIT STATUS"',
    ...Object.entries(exitMeanings).flatMap(([code, meaning]) => entry(code, meaning)),
    '.SH SIGNALS',
    ...signals.flatMap(([names, meaning]) => entry(names, meaning)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([name, meaning]) => entry(name, meaning)),
    '.SH FILES',
    ...files.flatMap(([names, meaning]) => entry(names, meaning)),
    '.SH "SEE ALSO"',
    '.BR mailtide.conf (5),',
    '.BR maildir (5)',
  ]
  return `${lines.join('\n')}\n`
}

function entry(title: string, text: string): string[] {
  return ['.TP', `.B ${roffArgument(title)}`, roff(text)]
}

function meaningOf({ meaning, onlyFor }: Flag): string {
  return onlyFor === undefined ? meaning : `For mailtide ${onlyFor.join(' and mailtide ')}: ${meaning}`
}
