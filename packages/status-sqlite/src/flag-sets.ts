import type { DatabaseSync } from 'node:sqlite'
import { type FlagSet, sortedFlags } from '@mailtide/contracts'

/** Sets of flags, and of labels, by number: a mailbox of a million messages has a handful of them. */
export interface FlagSets {
  /** The number of a set; it is written where it is new. */
  idOf(flags: FlagSet): number
  /** The set of a number: one shared object. */
  byId(id: number): FlagSet
  /** Forgets what was looked up, after a transaction came to nothing. */
  forget(): void
}

/** The sets of a database, as JSON texts of what is in them, sorted. */
export function createFlagSets(database: DatabaseSync): FlagSets {
  const byId = database.prepare('SELECT flags FROM flag_set WHERE id = ?')
  const byText = database.prepare('SELECT id FROM flag_set WHERE flags = ?')
  const insert = database.prepare('INSERT INTO flag_set (flags) VALUES (?)')
  const sets = new Map<number, FlagSet>()
  const texts = new Map<string, number>()
  let ids = new WeakMap<FlagSet, number>()

  const numberOf = (text: string) => {
    const row = byText.get(text)
    return Number(row ? row['id'] : insert.run(text).lastInsertRowid)
  }
  return {
    idOf(flags) {
      let id = ids.get(flags)
      if (id !== undefined) return id
      const text = JSON.stringify(sortedFlags(flags))
      id = texts.get(text) ?? numberOf(text)
      texts.set(text, id)
      ids.set(flags, id)
      return id
    },
    byId(id) {
      let set = sets.get(id)
      if (!set) {
        set = new Set<string>(JSON.parse(String(byId.get(id)?.['flags'])))
        sets.set(id, set)
      }
      return set
    },
    forget() {
      sets.clear()
      texts.clear()
      ids = new WeakMap()
    },
  }
}
