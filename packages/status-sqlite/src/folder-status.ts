import type { SQLOutputValue } from 'node:sqlite'
import type { BothSides, Cursor, FolderPair, FolderStatus, Intent, Pair, Side, StatusChange } from '@mailtide/contracts'
import type { FlagSets } from './flag-sets.ts'
import type { Statements } from './statements.ts'
import { idOf, storedId } from './stored-id.ts'

/** What is known of a folder without asking the database, which nobody else writes to. */
interface FolderRow {
  readonly id: number
  readonly messages: number
  readonly cursors: BothSides<Cursor> | undefined
}

/** What a folder works with. */
export interface FolderTools {
  readonly statements: Statements
  readonly flagSets: FlagSets
  /** Looks something up, with errors in our words. */
  look<T>(question: () => T): T
  /** Carries something out in one transaction, or not at all. */
  change<T>(deed: () => T): T
}

const pageSize = 1000

/** The status of one pair of folders. */
export function createFolderStatus(folders: FolderPair, tools: FolderTools): FolderStatus {
  const { statements, flagSets, look, change } = tools
  let row = look(readRow)

  function readRow(): FolderRow | undefined {
    const found = statements.folder.get(folders.local, folders.remote)
    return found && { id: Number(found[0]), messages: Number(found[1]), cursors: cursorsFrom(found[2]) }
  }
  function existingRow(): FolderRow {
    const id = () => Number(statements.addFolder.get(folders.local, folders.remote)?.[0])
    return row ?? { id: id(), messages: 0, cursors: undefined }
  }
  function pairFrom([local, remote, flagSet, labelSet]: SQLOutputValue[]): Pair {
    const pair = { local: idOf(local), remote: idOf(remote), flags: flagSets.byId(Number(flagSet)) }
    return labelSet === null ? pair : { ...pair, labels: flagSets.byId(Number(labelSet)) }
  }
  function put(folder: number, pair: Pair): number {
    const local = storedId(pair.local)
    const remote = storedId(pair.remote)
    const flagSet = flagSets.idOf(pair.flags)
    const labelSet = pair.labels ? flagSets.idOf(pair.labels) : null
    if (statements.addPair.run(folder, local, remote, flagSet, labelSet) === 1) return 1
    const replaced = statements.dropLocal.run(folder, local) + statements.dropRemote.run(folder, remote)
    statements.addPair.run(folder, local, remote, flagSet, labelSet)
    return 1 - replaced
  }
  function apply({ drop = [], put: pairs = [], settled = [], cursors }: StatusChange): FolderRow {
    const before = existingRow()
    let { id, messages } = before
    for (const { local, remote } of drop) messages -= statements.dropPair.run(id, storedId(local), storedId(remote))
    for (const pair of pairs) messages += put(id, pair)
    for (const { to, source } of settled) statements.settle.run(id, to, storedId(source))
    if (messages !== before.messages) statements.setMessages.run(messages, id)
    if (cursors) statements.setCursors.run(JSON.stringify(cursors), id)
    return { id, messages, cursors: cursors ?? before.cursors }
  }

  return {
    get count() {
      return row?.messages ?? 0
    },
    get cursors() {
      return row?.cursors
    },
    pair(side, id) {
      const statement = side === 'local' ? statements.pairOfLocal : statements.pairOfRemote
      return look(() => {
        const found = row && statement.get(row.id, storedId(id))
        return found && pairFrom(found)
      })
    },
    pairs: () => ({
      *[Symbol.iterator]() {
        // Page by page, so that memory stays flat, a walk may be left half way, and commits may go on meanwhile.
        let last: SQLOutputValue = -1
        let page: SQLOutputValue[][]
        do {
          page = look(() => (row ? statements.pairsAfter.all(row.id, last, pageSize) : []))
          for (const found of page) yield look(() => pairFrom(found))
          last = page.at(-1)?.[1] ?? last
        } while (page.length === pageSize)
      },
    }),
    intents: () => look(() => (row ? statements.intents.all(row.id).map(intentFrom) : [])),
    intend(intents) {
      row = change(() => {
        const before = existingRow()
        for (const { to, source, token } of intents) statements.intend.run(before.id, to, storedId(source), token)
        return before
      })
    },
    commit(changes) {
      row = change(() => apply(changes))
    },
    reset() {
      row = change(() => {
        if (!row) return undefined
        const { forgetPairs, forgetIntents, forgetFolder } = statements
        for (const forget of [forgetPairs, forgetIntents, forgetFolder]) forget.run(row.id)
        return undefined
      })
    },
  }
}

/** The cursors in a column, if there are any. */
export function cursorsFrom(column: SQLOutputValue | undefined): BothSides<Cursor> | undefined {
  return typeof column === 'string' ? JSON.parse(column) : undefined
}

function intentFrom([side, source, token]: SQLOutputValue[]): Intent {
  return { to: side as Side, source: idOf(source), token: String(token) }
}
