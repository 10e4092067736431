import { unreadableRule } from './errors.ts'
import { type Item, readItems } from './read-items.ts'

const verbs = ['include', 'exclude', 'strip-prefix', 'prefix', 'map'] as const

/** What a clause says to do with its folders. */
export type Verb = (typeof verbs)[number]

/** One clause of a plain rule: `map: a -> b, c -> d`. */
export interface Clause {
  readonly verb: Verb
  readonly at: number
  readonly groups: readonly (readonly Item[])[]
}

const beginning = /^\s*([A-Za-z][\w-]*)[ \t]*:(?!=)/

/** Whether a text is a rule in plain words. No Python expression begins with a word and a colon, but for `lambda:`. */
export function isPlain(text: string): boolean {
  const word = beginning.exec(text)?.[1]
  return word !== undefined && word !== 'lambda'
}

/** Reads the clauses of a rule: each begins on a line of its own, and may go on over the next lines. */
export function readClauses(text: string): Clause[] {
  const clauses: { verb: Verb; at: number; groups: Item[][] }[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const head = beginning.exec(line)
    const place = { at, near: line.trim().slice(0, 30) }
    if (head) {
      const verb = verbs.find((known) => known === head[1])
      if (!verb)
        throw unreadableRule(
          `"${head[1]}:" is none of ${verbs.join(', ')}; a folder name with a colon goes in double quotes`,
          place,
        )
      clauses.push({ verb, at, groups: [] })
    }
    const clause = clauses.at(-1)
    if (!clause) {
      if (line.trim() !== '') throw unreadableRule('A rule begins with a word and a colon', place)
    } else {
      const skipped = head ? head[0].length : 0
      clause.groups.push(...readItems(line.slice(skipped), at + skipped, clause.verb === 'map' ? 'arrow' : 'no-arrow'))
    }
    at += line.length + 1
  }
  for (const { verb, groups, at } of clauses) {
    if (groups.length === 0) throw unreadableRule(`Nothing follows "${verb}:"`, { at, near: `${verb}:` })
  }
  return clauses
}
