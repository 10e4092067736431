import { type CatalogueEntry, catalogue, isCustomFlag } from './catalogue.ts'
import { describeStatus, describeType } from './describe-option.ts'
import type { SectionKind } from './option-table.ts'
import { roff, roffArgument } from './roff.ts'

const chapters: readonly { readonly kind: SectionKind; readonly title: string; readonly about: string }[] = [
  { kind: 'general', title: 'Section [general]', about: 'What concerns all accounts.' },
  {
    kind: 'account',
    title: 'Sections [Account NAME]',
    about: 'An account joins a repository on this machine and one on a server.',
  },
  { kind: 'repository', title: 'Sections [Repository NAME]', about: 'Options of every repository.' },
  {
    kind: 'maildir',
    title: 'Sections [Repository NAME] with type = Maildir or GmailMaildir',
    about: 'Options of the repository on this machine.',
  },
  {
    kind: 'imap',
    title: 'Sections [Repository NAME] with type = IMAP or Gmail',
    about: 'Options of the repository on the server.',
  },
  {
    kind: 'mbnames',
    title: 'Section [mbnames]',
    about:
      'The list of mailboxes for mutt and other programs. enabled = yes wants filename, and either format or all of header, peritem, sep and footer.',
  },
]

const paragraphs = {
  DESCRIPTION: [
    'mailtide reads the same configuration as OfflineIMAP: the file that -c names, else $XDG_CONFIG_HOME/offlineimap/config, else ~/.offlineimaprc.',
    'A section begins with its name in brackets, an option is a line "name = value" or "name: value". Names of options are read in any case. Lines that are indented deeper than the name belong to the value. A line whose first sign is # or ; is a comment; behind a value there are none.',
    '%(name)s stands for the value of another option of the same section or of [DEFAULT], %% for a percent sign. Options of [DEFAULT] count in every section. Quotes belong to the value, but for values that are Python.',
    'Every mistake is told with its line. What mailtide does not know is ignored with a warning.',
  ],
  'PYTHON VALUES': [
    'Values that are Python expressions are evaluated without Python where possible, else by python3 (see --python in mailtide(1)). All of them may use what the file named by pythonfile in [general] defines or imports.',
    "What a function of a folder is given is the folder's name in that repository, with its own separators.",
  ],
  'PLAIN WORDS': [
    'nametrans and folderfilter can be written without Python. Names in them are separated by commas; a name with a comma goes in double quotes; * stands for anything and %% for anything within one level.',
    '"include: INBOX, Lists/*" syncs these folders and no others, "exclude: Trash" all but this one.',
    '"strip-prefix: INBOX." takes a prefix away, "prefix: Old/" puts one before, "map: Sent Mail -> sent, Trash -> bin" gives names of their own. The inverse for the other repository is derived.',
  ],
}

/** The manual page mailtide.conf(5), in the man macros. */
export function manualPage(): string {
  const entries = catalogue()
  const lines = [
    '.TH MAILTIDE.CONF 5 "" mailtide "File formats"',
    '.SH NAME',
    'mailtide.conf \\- configuration of mailtide',
    ...Object.entries(paragraphs).flatMap(([title, texts]) => [
      `.SH ${roffArgument(title)}`,
      ...texts.flatMap(paragraph),
    ]),
    '.SH OPTIONS',
    ...chapters.flatMap(({ kind, title, about }) => [
      `.SS ${roffArgument(title)}`,
      ...paragraph(about),
      ...entries.filter((entry) => entry.kind === kind).flatMap(describe),
    ]),
    '.SH FILES',
    ...paragraph('~/.offlineimaprc, ~/.config/offlineimap/config, ~/.offlineimap'),
    '.SH "SEE ALSO"',
    ...paragraph('mailtide(1); mailtide config check; mailtide config explain OPTION'),
  ]
  return `${lines.join('\n')}\n`
}

function describe(entry: CatalogueEntry): string[] {
  if (isCustomFlag(entry.name) && entry.name !== 'customflag_a') return []
  const name = entry.name === 'customflag_a' ? 'customflag_a … customflag_z' : entry.name
  const status = describeStatus(entry)
  const facts = [
    `${capital(describeType(entry))}.`,
    entry.default === undefined ? 'Unset by default.' : `Default: ${entry.default}`,
    ...(entry.source === 'mailtide' ? ["mailtide's own option."] : []),
  ]
  return [
    '.TP',
    `.B ${roffArgument(name)}`,
    roff(entry.meaning),
    '.br',
    roff(facts.join(' ')),
    ...(status === undefined ? [] : ['.br', roff(status)]),
    ...(entry.example === undefined ? [] : ['.br', roff(`Example: ${entry.example}`)]),
  ]
}

function paragraph(text: string): string[] {
  return ['.PP', roff(text)]
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
