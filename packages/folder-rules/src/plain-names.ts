import { unreadableRule } from './errors.ts'
import type { Clause } from './read-clauses.ts'
import { type Item, textOf } from './read-items.ts'

/** A `nametrans` in plain words, with its inverse. */
export interface PlainNames {
  readonly kind: 'names'
  forward(name: string): string
  /** The name that `forward` makes this one of; undefined if it makes it of none. */
  backward(name: string): string | undefined
}

/**
 * Makes a translation: a name that `map` mentions becomes what stands there; from all others `strip-prefix` takes its
 * prefix where they have it, then `prefix` puts its own before them. INBOX and the top level keep their names unless
 * `map` mentions them, and nothing is stripped to nothing.
 */
export function createPlainNames(clauses: readonly Clause[]): PlainNames {
  const { targets, sources } = readMap(clauses)
  const stripped = readPrefix(clauses, 'strip-prefix')
  const added = readPrefix(clauses, 'prefix')
  const isFixed = (name: string) => name === 'INBOX' || name === ''
  const without = (name: string, prefix: string) =>
    name.startsWith(prefix) && name !== prefix ? name.slice(prefix.length) : name

  const forward = (name: string) => targets.get(name) ?? (isFixed(name) ? name : `${added}${without(name, stripped)}`)
  const origins = (name: string) => {
    const source = sources.get(name)
    if (source !== undefined) return [source]
    const bare = without(name, added)
    const usual = [`${stripped}${bare}`, bare, name]
    return isFixed(name) ? [name, ...usual] : usual
  }
  return {
    kind: 'names',
    forward,
    backward: (name) => origins(name).find((origin) => forward(origin) === name),
  }
}

function readMap(clauses: readonly Clause[]) {
  const targets = new Map<string, string>()
  const sources = new Map<string, string>()
  for (const [from, to] of clauses.filter(({ verb }) => verb === 'map').flatMap(({ groups }) => groups)) {
    if (!from || !to) throw unreadableRule('"map" wants pairs such as old -> new', placeOf(from))
    const source = textOf(from)
    const target = textOf(to)
    if ([...from.characters, ...to.characters].some(({ text, plain }) => text === '*' && !plain)) {
      throw unreadableRule('"map" knows no wildcards; a * that belongs to the name is written "\\*"', placeOf(from))
    }
    if (targets.has(source)) throw unreadableRule('This folder is mapped twice', placeOf(from))
    if (sources.has(target)) throw unreadableRule('Two folders are mapped to this one', placeOf(to))
    targets.set(source, target)
    sources.set(target, source)
  }
  return { targets, sources }
}

function readPrefix(clauses: readonly Clause[], verb: 'strip-prefix' | 'prefix'): string {
  const items = clauses.filter((clause) => clause.verb === verb).flatMap(({ groups }) => groups.flat())
  if (items.length > 1) throw unreadableRule(`"${verb}" takes one prefix`, placeOf(items[1]))
  return items[0] ? textOf(items[0]) : ''
}

function placeOf(item: Item | undefined) {
  return { at: item?.at ?? 0, near: item ? textOf(item).slice(0, 30) : '' }
}
