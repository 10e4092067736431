import type { CatalogueEntry } from './catalogue.ts'
import type { OptionType } from './option.ts'

const types: Readonly<Record<OptionType, string>> = {
  text: 'text',
  template: 'text; %(name)s is filled in for each mailbox',
  secret: 'secret text',
  boolean: 'yes or no',
  integer: 'whole number',
  number: 'number',
  list: 'list, with commas between',
  path: 'path; ~ and $VAR are replaced',
  'tilde path': 'path; ~ is replaced',
  python: 'Python expression',
  rule: 'Python expression, or plain words',
}

/** What an option's value is, in words. */
export function describeType({ type }: CatalogueEntry): string {
  return types[type]
}

/** What this version does with an option; undefined where it does what the option says. */
export function describeStatus({ status }: CatalogueEntry): string | undefined {
  switch (status) {
    case 'carried-out':
      return undefined
    case 'inert':
      return 'Accepted, without effect in this version.'
    case 'removed':
      return 'Gone from OfflineIMAP: ignored, with a warning.'
  }
}
