import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Durability, makeDirectories, writeFiles } from '@mailtide/durable-fs'
import { asStateError, uidTwice } from './errors.ts'
import { columnsOf, versionOf } from './sqlite-status.ts'
import { formatLabels, type StatusEntry } from './status.ts'

/** An entry to be stored. Labels or mtime left out are as they were, in a new entry none and 0. */
export type EntryToWrite = Pick<StatusEntry, 'uid' | 'letters'> & Partial<StatusEntry>

const patience = 5000

const schema = `
  CREATE TABLE metadata (key VARCHAR(50) PRIMARY KEY, value VARCHAR(128));
  INSERT INTO metadata VALUES('db_version', '2');
  CREATE TABLE IF NOT EXISTS status (id INTEGER PRIMARY KEY, flags VARCHAR(50), mtime INTEGER, labels VARCHAR(256));`

// What OfflineIMAP itself does to a database of version 1; it may have been cut off after any of it.
const addedColumns = { mtime: 'mtime INTEGER DEFAULT 0', labels: "labels VARCHAR(256) DEFAULT ''" }

const changed = `
  SELECT wanted.id, wanted.flags, coalesce(wanted.mtime, status.mtime, 0), coalesce(wanted.labels, status.labels, '')
  FROM wanted LEFT JOIN status USING (id)
  WHERE status.id IS NULL OR status.flags IS NOT wanted.flags
    OR status.mtime IS NOT coalesce(wanted.mtime, status.mtime, 0)
    OR status.labels IS NOT coalesce(wanted.labels, status.labels, '')`

const surplus = 'SELECT id FROM status WHERE id NOT IN (SELECT id FROM wanted)'

/**
 * Makes a database of `LocalStatus-sqlite` hold exactly these entries, and answers whether it had to be written. One that
 * is there is changed in one transaction, so that it is never replaced under a program that has it open; a new one appears
 * whole.
 */
export async function writeStatus(
  file: string,
  entries: Iterable<EntryToWrite>,
  { durable }: Durability,
): Promise<boolean> {
  if (existsSync(file)) return change(file, entries, durable)
  try {
    await build(file, entries, durable)
    return true
  } catch (thrown) {
    throw asStateError(file, thrown)
  }
}

async function build(file: string, entries: Iterable<EntryToWrite>, durable: boolean): Promise<void> {
  const directory = dirname(file)
  await makeDirectories(directory, { mode: 0o700, durable })
  const workshop = mkdtempSync(join(directory, '.new-'))
  try {
    const built = join(workshop, 'status')
    change(built, entries, false)
    const content = createReadStream(built)
    const [error] = await writeFiles([{ temporary: join(workshop, 'copy'), target: file, content }], { durable })
    if (error) throw error
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function change(file: string, entries: Iterable<EntryToWrite>, durable: boolean): boolean {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: patience })
    database.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}; BEGIN IMMEDIATE`)
    const written = changeWithin(file, database, entries)
    database.exec(written ? 'COMMIT' : 'ROLLBACK')
    return written
  } catch (thrown) {
    throw asStateError(file, thrown)
  } finally {
    // Takes back what was not committed.
    database?.close()
  }
}

function changeWithin(file: string, database: DatabaseSync, entries: Iterable<EntryToWrite>): boolean {
  const version = versionOf(file, database)
  if (version === undefined) database.exec(schema)
  if (version === '1') upgrade(database)
  fillWanted(database, entries)
  const isDifferent = database.prepare(`SELECT EXISTS (${changed}) OR EXISTS (${surplus}) AS answer`).get()
  if (version === '2' && isDifferent?.['answer'] === 0) return false
  database.exec(
    `DELETE FROM status WHERE id IN (${surplus}); INSERT OR REPLACE INTO status (id, flags, mtime, labels) ${changed}`,
  )
  return true
}

function upgrade(database: DatabaseSync): void {
  const columns = columnsOf(database)
  for (const [name, column] of Object.entries(addedColumns)) {
    if (!columns.has(name)) database.exec(`ALTER TABLE status ADD ${column}`)
  }
  database.exec("UPDATE metadata SET value = '2' WHERE key = 'db_version'")
}

function fillWanted(database: DatabaseSync, entries: Iterable<EntryToWrite>): void {
  database.exec('CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY, flags, mtime, labels)')
  const insert = database.prepare('INSERT OR IGNORE INTO wanted VALUES (?, ?, ?, ?)')
  for (const { uid, letters, mtime, labels } of entries) {
    const { changes } = insert.run(uid, letters, mtime ?? null, labels ? formatLabels(labels) : null)
    if (changes !== 1) throw uidTwice(uid)
  }
}
