import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { statusInUse } from './errors.ts'
import { createSchema, currentVersion, migrate, schemaVersion } from './schema.ts'

const logs = ['-wal', '-journal']

/** A database that can be read, and what has to be done when it is no longer needed. */
export interface ReadableDatabase {
  readonly database: DatabaseSync
  close(): void
}

/**
 * Opens the database for reading and writes nothing, neither to it nor beside it. A file that is missing reads as an
 * empty status. What cannot be read without writing (a log left by a crash, an older schema) is read from a copy.
 */
export function readDatabase(file: string): ReadableDatabase {
  if (!existsSync(file)) return emptyDatabase()
  if (hasLog(file)) return readCopy(file)
  const database = openImmutable(file)
  try {
    if (schemaVersion(database, file) === currentVersion) return readable(database)
  } catch (thrown) {
    database.close()
    throw thrown
  }
  database.close()
  return readCopy(file)
}

function readable(database: DatabaseSync): ReadableDatabase {
  database.exec('PRAGMA query_only = ON')
  return { database, close: () => database.close() }
}

function emptyDatabase(): ReadableDatabase {
  const database = new DatabaseSync(':memory:')
  createSchema(database)
  return readable(database)
}

// An ordinary read-only connection would still make a `-shm` file beside a database in WAL mode.
function openImmutable(file: string): DatabaseSync {
  const url = pathToFileURL(file)
  url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true })
}

function hasLog(file: string): boolean {
  return logs.some((log) => (statSync(file + log, { throwIfNoEntry: false })?.size ?? 0) > 0)
}

function readCopy(file: string): ReadableDatabase {
  const directory = mkdtempSync(join(tmpdir(), 'mailtide-status-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  try {
    const copy = join(directory, 'status.sqlite')
    copyUnchanged(file, copy)
    const database = new DatabaseSync(copy)
    try {
      database.exec('PRAGMA locking_mode = EXCLUSIVE')
      migrate(database, schemaVersion(database, file))
    } catch (thrown) {
      database.close()
      throw thrown
    }
    const { close } = readable(database)
    return {
      database,
      close() {
        close()
        remove()
      },
    }
  } catch (thrown) {
    remove()
    throw thrown
  }
}

function copyUnchanged(file: string, copy: string): void {
  const before = stateOf(file)
  for (const suffix of ['', ...logs]) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix)
  if (stateOf(file) !== before) throw statusInUse(file, new Error('the file changed while it was read'))
}

function stateOf(file: string): string {
  const states = ['', ...logs].map((suffix) => statSync(file + suffix, { bigint: true, throwIfNoEntry: false }))
  return states.map((state) => (state ? `${state.size} ${state.mtimeNs} ${state.ino}` : 'none')).join(', ')
}
