import { type CatalogueEntry, catalogue } from './catalogue.ts'
import { describeStatus, describeType } from './describe-option.ts'
import { nearest } from './nearest.ts'

/** What there is to say of an option, or the name that was probably meant. */
export type Explanation = { readonly text: string } | { readonly meant: string | undefined }

/** Explains an option in every kind of section that has it. */
export function explainOption(name: string): Explanation {
  const wanted = name.toLowerCase()
  const entries = catalogue()
  const found = entries.filter((entry) => entry.name === wanted)
  if (found.length === 0) return { meant: nearest(wanted, new Set(entries.map((entry) => entry.name))) }
  return { text: found.map(explainEntry).join('\n') }
}

function explainEntry(entry: CatalogueEntry): string {
  const status = describeStatus(entry)
  const lines = [
    `${entry.name}, in ${entry.title}`,
    `  ${entry.meaning}`,
    `  Value: ${describeType(entry)}`,
    `  Default: ${entry.default ?? 'unset'}`,
    ...(entry.example === undefined ? [] : [`  Example: ${entry.example}`]),
    ...(status === undefined ? [] : [`  ${status}`]),
    `  Source: ${entry.origin}`,
  ]
  return `${lines.join('\n')}\n`
}
