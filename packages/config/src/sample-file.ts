import { type CatalogueEntry, catalogue, isCustomFlag } from './catalogue.ts'
import { describeStatus, describeType } from './describe-option.ts'
import type { SectionKind } from './option-table.ts'

const sections: readonly { readonly kinds: readonly SectionKind[]; readonly header: string; readonly about: string }[] =
  [
    { kinds: ['general'], header: 'general', about: 'What concerns all accounts.' },
    { kinds: ['account'], header: 'Account home', about: 'An account joins two repositories. There may be several.' },
    {
      kinds: ['repository', 'maildir'],
      header: 'Repository disk',
      about: 'The repository on this machine.',
    },
    { kinds: ['repository', 'imap'], header: 'Repository server', about: 'The repository on the server.' },
    { kinds: ['mbnames'], header: 'mbnames', about: 'The list of mailboxes for mutt and other programs.' },
  ]

/** What the sample sets, so that it is a configuration that works but for names and passwords. */
const set: Readonly<Record<string, string>> = {
  'general accounts': 'home',
  'Account home localrepository': 'disk',
  'Account home remoterepository': 'server',
  // For accounts that begin with mailtide: their folders have their real names, here and in rules.
  'Account home utf8foldernames': 'yes',
  'Repository disk type': 'Maildir',
  'Repository disk localfolders': '~/Mail',
  'Repository server type': 'IMAP',
  'Repository server remotehost': 'imap.example.org',
  'Repository server remoteuser': 'alex',
  'Repository server remotepassfile': '~/.config/mailtide/password',
}

const preface = `# A configuration of mailtide with every option there is.
#
# mailtide reads ~/.config/offlineimap/config or ~/.offlineimaprc, the same file as OfflineIMAP. What is commented
# out shows the default, or an example where there is none. A comment needs a line of its own. A percent sign is
# written %%; %(name)s stands for another option of the same section or of [DEFAULT]. Lines that are indented deeper
# belong to the value above. Options of [DEFAULT] count in every section.
#
# Values that are Python may call what [general] pythonfile defines or imports.
`

/** A sample configuration that shows every option with its meaning and default: `mailtide.conf`. */
export function sampleFile(): string {
  const entries = catalogue()
  const parts = sections.map(({ kinds, header, about }) => {
    const own = entries.filter(
      ({ kind, name, status }) => kinds.includes(kind) && status !== 'removed' && isShown(name),
    )
    return [`[${header}]`, `# ${about}`, ...own.map((entry) => showEntry(header, entry))].join('\n')
  })
  return `${[preface, ...parts].join('\n')}\n`
}

/** The shortest configuration that syncs: `mailtide.conf.minimal`. */
export function minimalFile(): string {
  const headers = sections.map(({ header }) => header).filter((header) => valuesOf(header).length > 0)
  const parts = headers.map((header) => [`[${header}]`, ...valuesOf(header)].join('\n'))
  const about =
    '# The shortest configuration that syncs. Put the password alone into the file that remotepassfile names.'
  return `${about}\n\n${parts.join('\n\n')}\n`
}

function valuesOf(header: string): string[] {
  return Object.entries(set).flatMap(([key, value]) =>
    key.startsWith(`${header} `) ? [`${key.slice(header.length + 1)} = ${value}`] : [],
  )
}

function isShown(name: string): boolean {
  return !isCustomFlag(name) || name === 'customflag_a'
}

function showEntry(header: string, entry: CatalogueEntry): string {
  const status = describeStatus(entry)
  const more = entry.name === 'customflag_a' ? ' Likewise customflag_b to customflag_z.' : ''
  const value = set[`${header} ${entry.name}`]
  const shown = entry.name === 'type' ? '' : doubled(entry, entry.example ?? entry.default ?? '')
  return [
    '',
    `# ${entry.meaning}${more}`,
    `# Value: ${describeType(entry)}.${status === undefined ? '' : ` ${status}`}`,
    value === undefined ? `#${entry.name} = ${shown}`.trimEnd() : `${entry.name} = ${value}`,
  ].join('\n')
}

/** A template is read without interpolation. */
function doubled(entry: CatalogueEntry, value: string): string {
  return entry.type === 'template' ? value : value.replaceAll('%', '%%')
}
