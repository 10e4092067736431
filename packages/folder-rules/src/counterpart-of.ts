import { type BothSides, otherSide, type Side } from '@mailtide/contracts'
import type { NamedFolder } from './name-folders.ts'
import type { NamingRules } from './naming-rules.ts'

/** The other side's name of a folder, or why it is not synced. */
export type Counterpart = { readonly name: string } | { readonly reason: string; readonly filtered: boolean }

/** Whether its own repository's rules let a folder be synced, and under which name on the other side. */
export function counterpartOf(
  { accepted, counterpart }: NamedFolder,
  side: Side,
  rules: BothSides<NamingRules>,
): Counterpart {
  const other = otherSide(side)
  if (!accepted) return { reason: `the ${side} folderfilter leaves it out`, filtered: true }
  if (counterpart === undefined) return { reason: `nametrans has no ${other} name for it`, filtered: false }
  if (counterpart === '' && rules[other].kind === 'imap') {
    return { reason: `it would be the top level on the ${other} side, which has no name there`, filtered: false }
  }
  return { name: counterpart }
}
