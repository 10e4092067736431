import type { Clause } from './read-clauses.ts'
import { type Item, textOf } from './read-items.ts'

/** A `folderfilter` in plain words. */
export interface PlainFilter {
  readonly kind: 'filter'
  /** The filter for names with this separator. */
  bind(separator: string): (name: string) => boolean
}

/**
 * Makes a filter: a folder is synced if some `include` names it, or there is none, and no `exclude` does. Wildcards are
 * those of IMAP's LIST (RFC 9051, 6.3.9): `*` stands for anything, `%` for anything within one level.
 */
export function createPlainFilter(clauses: readonly Clause[]): PlainFilter {
  const patterns = (verb: Clause['verb']) =>
    clauses.filter((clause) => clause.verb === verb).flatMap(({ groups }) => groups.flat())
  const included = patterns('include')
  const excluded = patterns('exclude')
  return {
    kind: 'filter',
    bind(separator) {
      const includes = included.map((item) => matcherOf(item, separator))
      const excludes = excluded.map((item) => matcherOf(item, separator))
      return (name) =>
        (includes.length === 0 || includes.some((matches) => matches(name))) &&
        !excludes.some((matches) => matches(name))
    },
  }
}

function matcherOf(item: Item, separator: string): (name: string) => boolean {
  // RFC 9051, 5.1: INBOX is INBOX in any case; a repository lists it in capitals.
  const isInbox = textOf(item).toUpperCase() === 'INBOX'
  const withinLevel = separator === '' ? '.*' : `(?:(?!${escapeForRegExp(separator)}).)*`
  const source = item.characters.map(({ text, plain }) => {
    if (plain) return escapeForRegExp(text)
    return text === '*' ? '.*' : text === '%' ? withinLevel : escapeForRegExp(text)
  })
  const pattern = new RegExp(`^${source.join('')}$`, 's')
  return (name) => pattern.test(name) || (isInbox && name === 'INBOX')
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
