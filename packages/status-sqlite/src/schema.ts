import type { DatabaseSync } from 'node:sqlite'
import { statusDamaged, statusTooNew } from './errors.ts'

/** Marks a SQLite file as a status of mailtide: "tide". */
const applicationId = 0x74696465

// The n-th entry makes version n of what version n-1 left behind; an entry that was published is never altered.
const migrations: readonly string[] = [
  `CREATE TABLE note (
     key TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE folder (
     id INTEGER PRIMARY KEY,
     local TEXT NOT NULL,
     remote TEXT NOT NULL,
     messages INTEGER NOT NULL DEFAULT 0,
     cursors TEXT,
     UNIQUE (local, remote)
   ) STRICT;
   CREATE TABLE flag_set (
     id INTEGER PRIMARY KEY,
     flags TEXT NOT NULL UNIQUE
   ) STRICT;
   CREATE TABLE pair (
     folder INTEGER NOT NULL,
     remote ANY NOT NULL,
     local ANY NOT NULL,
     flag_set INTEGER NOT NULL,
     PRIMARY KEY (folder, remote)
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX pair_local ON pair (folder, local);
   CREATE TABLE intent (
     folder INTEGER NOT NULL,
     side TEXT NOT NULL,
     source ANY NOT NULL,
     token TEXT NOT NULL,
     PRIMARY KEY (folder, side, source)
   ) STRICT, WITHOUT ROWID;
   PRAGMA application_id = ${applicationId};`,
  // Agreed labels are a set of texts like flags, and lie beside them; NULL where none were ever agreed on.
  'ALTER TABLE pair ADD COLUMN label_set INTEGER;',
]

/** The version of the schema that this code works on. */
export const currentVersion: number = migrations.length

/** The version of the schema in a database. Throws for what is no status, or is of a later mailtide. */
export function schemaVersion(database: DatabaseSync, file: string): number {
  const version = pragma(database, 'user_version')
  if (pragma(database, 'application_id') !== applicationId || version < 1) throw statusDamaged(file)
  if (version > currentVersion) throw statusTooNew(file, version, currentVersion)
  return version
}

/** Makes an empty status of an empty database. */
export function createSchema(database: DatabaseSync): void {
  migrate(database, 0)
}

/** Brings a database forward to the current version, all or nothing. */
export function migrate(database: DatabaseSync, version: number): void {
  if (version === currentVersion) return
  const steps = migrations.slice(version).join('\n')
  database.exec(`BEGIN IMMEDIATE;\n${steps}\nPRAGMA user_version = ${currentVersion};\nCOMMIT`)
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}
