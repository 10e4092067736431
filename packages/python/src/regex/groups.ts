import type { RegexNode } from './nodes.ts'
import { type PatternSource, regexError } from './pattern-source.ts'

/** The groups of an expression that is being read. */
export interface Groups {
  readonly count: number
  readonly names: ReadonlyMap<string, number>
  /** Opens a group that captures, and answers its number. */
  open(name: string | undefined, source: PatternSource): number
  close(index: number): void
  /** A reference to what a group matched. */
  refer(index: number, source: PatternSource): RegexNode
  /** The number of a named group. */
  named(name: string, source: PatternSource): number
  /** Notes a number that a condition asks for; it is checked at the end, for the group may come later. */
  condition(index: number, source: PatternSource): void
  checkConditions(): void
  /** Reads what looks behind: it may not refer to groups of its own. */
  behind<T>(read: () => T): T
}

/** No groups yet. */
export function createGroups(): Groups {
  const names = new Map<string, number>()
  const openGroups = new Set<number>()
  const conditions = new Map<number, number>()
  let count = 0
  let behindFrom: number | undefined

  function check(index: number, source: PatternSource): void {
    if (openGroups.has(index)) throw regexError('cannot refer to an open group', source.position)
    if (behindFrom !== undefined && index > behindFrom) {
      throw regexError('cannot refer to group defined in the same lookbehind subpattern', source.position)
    }
  }

  return {
    get count() {
      return count
    },
    names,
    open(name, source) {
      const index = ++count
      if (name !== undefined) {
        if (names.has(name)) throw regexError(`redefinition of group name '${name}'`, source.position)
        names.set(name, index)
      }
      openGroups.add(index)
      return index
    },
    close(index) {
      openGroups.delete(index)
    },
    refer(index, source) {
      if (index > count) throw regexError(`invalid group reference ${index}`, source.position)
      check(index, source)
      return { kind: 'reference', index }
    },
    named(name, source) {
      const index = names.get(name)
      if (index === undefined) throw regexError(`unknown group name '${name}'`, source.position)
      return index
    },
    condition(index, source) {
      if (!conditions.has(index)) conditions.set(index, source.position)
      if (behindFrom !== undefined && index > behindFrom && index <= count) check(index, source)
    },
    checkConditions() {
      for (const [index, position] of conditions) {
        if (index > count) throw regexError(`invalid group reference ${index}`, position)
      }
    },
    behind(read) {
      const outer = behindFrom
      behindFrom ??= count
      const result = read()
      behindFrom = outer
      return result
    },
  }
}
