import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'

/** A statement that was prepared once. Rows are arrays, in the order of the columns. */
export interface Statement {
  get(...values: SQLInputValue[]): SQLOutputValue[] | undefined
  all(...values: SQLInputValue[]): SQLOutputValue[][]
  /** How many rows it changed. */
  run(...values: SQLInputValue[]): number
}

/** Everything the status asks of its database. */
export type Statements = ReturnType<typeof prepareStatements>

/** Prepares all statements. */
export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => prepareOne(database, sql)
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    note: prepare('SELECT value FROM note WHERE key = ?'),
    setNote: prepare('INSERT OR REPLACE INTO note (key, value) VALUES (?, ?)'),
    folders: prepare('SELECT local, remote, cursors FROM folder'),
    messageCount: prepare('SELECT coalesce(sum(messages), 0) FROM folder'),
    folder: prepare('SELECT id, messages, cursors FROM folder WHERE local = ? AND remote = ?'),
    addFolder: prepare('INSERT INTO folder (local, remote) VALUES (?, ?) RETURNING id'),
    setMessages: prepare('UPDATE folder SET messages = ? WHERE id = ?'),
    setCursors: prepare('UPDATE folder SET cursors = ? WHERE id = ?'),
    pairOfLocal: prepare('SELECT local, remote, flag_set, label_set FROM pair WHERE folder = ? AND local = ?'),
    pairOfRemote: prepare('SELECT local, remote, flag_set, label_set FROM pair WHERE folder = ? AND remote = ?'),
    pairsAfter: prepare(
      'SELECT local, remote, flag_set, label_set FROM pair WHERE folder = ? AND remote > ? ORDER BY remote LIMIT ?',
    ),
    addPair: prepare('INSERT OR IGNORE INTO pair (folder, local, remote, flag_set, label_set) VALUES (?, ?, ?, ?, ?)'),
    dropPair: prepare('DELETE FROM pair WHERE folder = ? AND local = ? AND remote = ?'),
    dropLocal: prepare('DELETE FROM pair WHERE folder = ? AND local = ?'),
    dropRemote: prepare('DELETE FROM pair WHERE folder = ? AND remote = ?'),
    intents: prepare('SELECT side, source, token FROM intent WHERE folder = ?'),
    intend: prepare('INSERT OR REPLACE INTO intent (folder, side, source, token) VALUES (?, ?, ?, ?)'),
    settle: prepare('DELETE FROM intent WHERE folder = ? AND side = ? AND source = ?'),
    forgetPairs: prepare('DELETE FROM pair WHERE folder = ?'),
    forgetIntents: prepare('DELETE FROM intent WHERE folder = ?'),
    forgetFolder: prepare('DELETE FROM folder WHERE id = ?'),
  }
}

function prepareOne(database: DatabaseSync, sql: string): Statement {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return {
    get: (...values) => statement.get(...values) as SQLOutputValue[] | undefined,
    all: (...values) => statement.all(...values) as unknown as SQLOutputValue[][],
    run: (...values) => Number(statement.run(...values).changes),
  }
}
