import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createSchema, migrate, schemaVersion } from './schema.ts'

/**
 * Opens the database for this process alone, makes it where it is missing (0600, in a directory 0700), and brings its
 * schema forward. The lock goes with the process, however that ends.
 */
export function openDatabase(file: string, durable: boolean): DatabaseSync {
  if (!existsSync(file)) createFile(file, durable)
  accessSync(file, constants.R_OK | constants.W_OK)
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    // Exclusive before the first look at the file: SQLite then needs no shared memory beside it.
    database.exec('PRAGMA locking_mode = EXCLUSIVE')
    const version = schemaVersion(database, file)
    // 16 MiB of cache hold the pairs of a folder of 80,000 messages.
    database.exec(`PRAGMA cache_size = -16384;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
    migrate(database, version)
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

// The file appears with its schema in it: one that is empty, or lacks its tables, is therefore known to be damaged.
function createFile(file: string, durable: boolean): void {
  const directory = dirname(file)
  const unfinished = `${file}.new`
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  rmSync(unfinished, { force: true })
  closeSync(openSync(unfinished, 'wx', 0o600))
  const database = new DatabaseSync(unfinished)
  try {
    createSchema(database)
  } finally {
    database.close()
  }
  // Whoever moved the database away may have left its log, which SQLite would replay into this one.
  for (const log of ['-wal', '-journal']) rmSync(file + log, { force: true })
  renameSync(unfinished, file)
  if (durable) flushNames(directory)
}

function flushNames(directory: string): void {
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
