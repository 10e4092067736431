import { unreadableRule } from './errors.ts'
import { createPlainFilter, type PlainFilter } from './plain-filter.ts'
import { createPlainNames, type PlainNames } from './plain-names.ts'
import { isPlain, readClauses } from './read-clauses.ts'

/** What a rule in plain words says: for `folderfilter` a filter, for `nametrans` names. */
export type PlainRule = PlainFilter | PlainNames

/**
 * Reads a rule in plain words; undefined if the text is Python. Names are written as the repository itself writes them,
 * with its separator. In an rc file, where `%` begins an interpolation, the wildcard `%` is written `%%`.
 *
 * | rule                              | meaning                                                          |
 * | --------------------------------- | ---------------------------------------------------------------- |
 * | `include: INBOX, Lists/*`         | these and no others                                              |
 * | `exclude: Trash, "a, b"`          | all but these                                                    |
 * | `strip-prefix: INBOX.`            | `INBOX.Sent` becomes `Sent`, INBOX stays                         |
 * | `prefix: Old/`                    | `Sent` becomes `Old/Sent`, INBOX stays                           |
 * | `map: [Gmail]/Sent Mail -> sent`  | this name becomes that one                                       |
 *
 * Several clauses of one kind may stand together, each on a line of its own.
 */
export function parsePlainRule(text: string): PlainRule | undefined {
  if (!isPlain(text)) return undefined
  const clauses = readClauses(text)
  const filtering = clauses.filter(({ verb }) => verb === 'include' || verb === 'exclude')
  if (filtering.length === 0) return createPlainNames(clauses)
  const stranger = clauses.find((clause) => !filtering.includes(clause))
  if (!stranger) return createPlainFilter(clauses)
  const { at, verb } = stranger
  throw unreadableRule('A filter (include, exclude) cannot rename as well; that belongs in nametrans', {
    at,
    near: `${verb}:`,
  })
}
