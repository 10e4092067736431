import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { asStateError, needsRecovery } from './errors.ts'

// OfflineIMAP's commits are short.
const patience = 1000

/**
 * Walks through what a query says of a database of OfflineIMAP, altering nothing beside it. One that was left in the
 * midst of a change has to be set right first: that happens to a copy in a directory of our own.
 */
export function* readDatabase<T>(file: string, read: (database: DatabaseSync) => Iterable<T>): Generator<T> {
  const { database, dispose } = openForReading(file)
  try {
    yield* read(database)
  } catch (thrown) {
    throw asStateError(file, thrown)
  } finally {
    database.close()
    dispose()
  }
}

interface Opened {
  readonly database: DatabaseSync
  dispose(): void
}

function openForReading(file: string): Opened {
  try {
    // A write-ahead log could be read in place only by making files beside it.
    return (!keepsWriteAheadLog(file) && openInPlace(file)) || openCopy(file)
  } catch (thrown) {
    throw asStateError(file, thrown)
  }
}

function openInPlace(file: string): Opened | undefined {
  const database = new DatabaseSync(file, { readOnly: true, timeout: patience })
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return { database, dispose: () => undefined }
  } catch (thrown) {
    database.close()
    if (needsRecovery(thrown)) return undefined
    throw thrown
  }
}

function openCopy(file: string): Opened {
  const directory = mkdtempSync(join(tmpdir(), 'mailtide-status-'))
  const dispose = () => rmSync(directory, { recursive: true, force: true })
  try {
    const copy = join(directory, basename(file))
    for (const suffix of ['', '-journal', '-wal']) {
      if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix)
    }
    return { database: new DatabaseSync(copy), dispose }
  } catch (thrown) {
    dispose()
    throw thrown
  }
}

/**
 * The 20th octet is 2 in a file that is to be read together with its log (https://sqlite.org/fileformat.html). Closing it
 * drops this process's own locks on it: never read a database of which a change is under way.
 */
function keepsWriteAheadLog(file: string): boolean {
  const header = Buffer.alloc(20)
  const descriptor = openSync(file, 'r')
  try {
    return readSync(descriptor, header) === header.length && header[19] === 2
  } finally {
    closeSync(descriptor)
  }
}
