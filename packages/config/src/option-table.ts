import type { Option, OptionGroup } from './option.ts'
import { accountOptions } from './options-account.ts'
import { generalOptions, mbnamesOptions } from './options-general.ts'
import { imapOptions } from './options-imap.ts'
import { customFlagOptions, maildirOptions, repositoryOptions } from './options-repository.ts'
import type { RcFile } from './rc-file.ts'

/** What a section describes. A repository whose type is missing or mistyped is only `repository`. */
export type SectionKind = 'general' | 'mbnames' | 'account' | 'maildir' | 'imap' | 'repository'

/** Every option that a section of each kind may hold: the one source of names, types, defaults and meanings. */
export const optionTable: Readonly<Record<SectionKind, OptionGroup>> = {
  general: generalOptions,
  mbnames: mbnamesOptions,
  account: accountOptions,
  maildir: { ...maildirOptions, ...customFlagOptions },
  imap: imapOptions,
  repository: repositoryOptions,
}

/** How a kind of section is written. */
export const sectionTitles: Readonly<Record<SectionKind, string>> = {
  general: '[general]',
  mbnames: '[mbnames]',
  account: '[Account …]',
  maildir: '[Repository …] of type Maildir',
  imap: '[Repository …] of type IMAP',
  repository: '[Repository …]',
}

/** The types of repository by kind, those of OfflineIMAP included. */
export const repositoryTypes: Readonly<Record<string, 'maildir' | 'imap'>> = {
  Maildir: 'maildir',
  GmailMaildir: 'maildir',
  IMAP: 'imap',
  Gmail: 'imap',
}

/** What a section describes; undefined if its name says nothing to mailtide. */
export function kindOf(section: string, rc: RcFile): SectionKind | undefined {
  if (section === 'general' || section === 'mbnames') return section
  if (/^Account ./.test(section)) return 'account'
  if (!/^Repository ./.test(section)) return undefined
  const type = rc.get(section, 'type')
  return type !== undefined && 'value' in type && Object.hasOwn(repositoryTypes, type.value)
    ? repositoryTypes[type.value]
    : 'repository'
}

/** The option of that name in a section of this kind. */
export function optionIn(kind: SectionKind, name: string): Option | undefined {
  const group = optionTable[kind]
  return Object.hasOwn(group, name) ? group[name] : undefined
}

/** The kinds of section that know an option. */
export function kindsWith(name: string): SectionKind[] {
  return (Object.keys(optionTable) as SectionKind[]).filter((kind) => Object.hasOwn(optionTable[kind], name))
}
