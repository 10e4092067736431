import { statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { asStateError, stateDamaged, versionUnknown } from './errors.ts'
import { readDatabase } from './read-database.ts'
import { type OfflineImapStatus, parseLabels, type StatusEntry } from './status.ts'

/**
 * Reads a database of `LocalStatus-sqlite`, of version 1 or 2; undefined if there is none. All of it is checked before
 * anything is answered.
 */
export function readSqliteStatus(file: string): OfflineImapStatus | undefined {
  if (!exists(file)) return undefined
  const [count = 0] = readDatabase(file, (database) => [countOf(file, database)])
  return {
    file,
    format: 'sqlite',
    count,
    entries: { [Symbol.iterator]: () => readDatabase(file, (database) => entriesOf(file, database)) },
  }
}

/** The version of such a database; undefined where it lacks its tables, so that OfflineIMAP would make them. */
export function versionOf(file: string, database: DatabaseSync): '1' | '2' | undefined {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  if (!tables.some(({ name }) => name === 'metadata')) return undefined
  const row = database.prepare("SELECT value FROM metadata WHERE key = 'db_version'").get()
  if (!row) throw stateDamaged(file, 'it does not say its version')
  const version = String(row['value'])
  if (version === '1' || version === '2') return version
  throw versionUnknown(file, version)
}

/** The columns of its status, which tell more than its version if an upgrade was cut off. */
export function columnsOf(database: DatabaseSync): ReadonlySet<unknown> {
  const rows = database.prepare('SELECT name FROM pragma_table_info(?)').all('status')
  return new Set(rows.map(({ name }) => name))
}

function exists(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch (thrown) {
    throw asStateError(file, thrown)
  }
}

function countOf(file: string, database: DatabaseSync): number {
  if (!versionOf(file, database)) throw stateDamaged(file, 'it has no tables')
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (verdict !== 'ok') throw stateDamaged(file, String(verdict))
  return Number(database.prepare('SELECT count(*) AS count FROM status WHERE id > 0').get()?.['count'])
}

function* entriesOf(file: string, database: DatabaseSync): Generator<StatusEntry> {
  const columns = columnsOf(database)
  const select = ['mtime', 'labels'].map((name) => (columns.has(name) ? name : `NULL AS ${name}`))
  const rows = database.prepare(`SELECT id, flags, ${select.join(', ')} FROM status WHERE id > 0 ORDER BY id`)
  for (const { id, flags, mtime, labels } of rows.iterate()) {
    if (typeof id !== 'number') throw stateDamaged(file, 'it has a message whose UID is no number')
    yield {
      uid: id,
      letters: String(flags ?? ''),
      labels: parseLabels(String(labels ?? '')),
      mtime: Number(mtime ?? 0),
    }
  }
}
