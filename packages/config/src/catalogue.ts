import type { Option, OptionStatus } from './option.ts'
import { optionTable, type SectionKind, sectionTitles } from './option-table.ts'
import { customFlagOptions, repositoryOptions } from './options-repository.ts'

/** One option of one kind of section, with everything that is known of it. */
export interface CatalogueEntry extends Option {
  readonly name: string
  readonly kind: SectionKind
  /** How its section is written. */
  readonly title: string
  readonly status: OptionStatus
  /** Whose option it is. */
  readonly origin: string
}

const order: readonly SectionKind[] = ['general', 'account', 'repository', 'maildir', 'imap', 'mbnames']

/** Every option once, those of all repositories apart from those of one type, by kind of section. */
export function catalogue(): CatalogueEntry[] {
  return order.flatMap((kind) =>
    Object.entries(optionTable[kind])
      .filter(([name]) => kind === 'repository' || !Object.hasOwn(repositoryOptions, name) || !isRepository(kind))
      .map(([name, option]) => entryOf(name, kind, option)),
  )
}

/** Whether an option is one of `customflag_a` to `customflag_z`, which are told as one. */
export function isCustomFlag(name: string): boolean {
  return Object.hasOwn(customFlagOptions, name)
}

function isRepository(kind: SectionKind): boolean {
  return kind === 'maildir' || kind === 'imap'
}

function entryOf(name: string, kind: SectionKind, option: Option): CatalogueEntry {
  const status = option.status ?? 'carried-out'
  return { ...option, name, kind, title: sectionTitles[kind], status, origin: option.source ?? 'OfflineIMAP 8' }
}
