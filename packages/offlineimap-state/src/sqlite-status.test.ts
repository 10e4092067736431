import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { temporaryDirectory } from '@mailtide/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSqliteStatus } from './sqlite-status.ts'

const metadata = (version: string) => `
  CREATE TABLE metadata (key VARCHAR(50) PRIMARY KEY, value VARCHAR(128));
  INSERT INTO metadata VALUES('db_version', '${version}');`
const second = `${metadata('2')}
  CREATE TABLE status (id INTEGER PRIMARY KEY, flags VARCHAR(50), mtime INTEGER, labels VARCHAR(256));`

function databaseOf(sql: string): string {
  const file = join(temporaryDirectory(), 'INBOX')
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
  return file
}

/** A connection that stays open for the test. */
function openFor(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  onTestFinished(() => database.close())
  return database
}

const entriesOf = (file: string) => [...(readSqliteStatus(file)?.entries ?? ['none'])]
const refusal = (code: string, file: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(file), hint: expect.any(String) })

describe('readSqliteStatus', () => {
  it('reads version 2, labels that are NULL included', () => {
    const file = databaseOf(`${second} INSERT INTO status VALUES
      (9, 'FS', 1700000000, '\\Important, Work'), (2, '', 0, ''), (5, 'Sx', NULL, NULL), (6, NULL, 0, NULL)`)
    expect(entriesOf(file)).toEqual([
      { uid: 2, letters: '', labels: [], mtime: 0 },
      { uid: 5, letters: 'Sx', labels: [], mtime: 0 },
      { uid: 6, letters: '', labels: [], mtime: 0 },
      { uid: 9, letters: 'FS', labels: ['\\Important', 'Work'], mtime: 1_700_000_000 },
    ])
  })

  it('reads version 1, and one that was cut off on its way to version 2', () => {
    const first = `${metadata('1')} CREATE TABLE status (id INTEGER PRIMARY KEY, flags VARCHAR(50));
      INSERT INTO status VALUES (3, 'S');`
    const entry = { uid: 3, letters: 'S', labels: [], mtime: 0 }
    expect(entriesOf(databaseOf(first))).toEqual([entry])
    const halfway = `${first} ALTER TABLE status ADD mtime INTEGER DEFAULT 0;`
    expect(entriesOf(databaseOf(halfway))).toEqual([entry])
  })

  it('passes over what is no UID', () => {
    const file = databaseOf(`${second} INSERT INTO status VALUES (-1, 'S', 0, ''), (0, 'S', 0, ''), (1, 'S', 0, '')`)
    expect(readSqliteStatus(file)?.count).toBe(1)
    expect(entriesOf(file)).toHaveLength(1)
  })

  it('can be walked twice, and left in the midst', () => {
    const status = readSqliteStatus(databaseOf(`${second} INSERT INTO status VALUES (1, '', 0, ''), (2, '', 0, '')`))
    for (const { uid } of status?.entries ?? []) {
      expect(uid).toBe(1)
      break
    }
    expect([...(status?.entries ?? [])].map(({ uid }) => uid)).toEqual([1, 2])
  })

  it('finds nothing where there is no file, and makes none', () => {
    const directory = temporaryDirectory()
    expect(readSqliteStatus(join(directory, 'INBOX'))).toBeUndefined()
    expect(readdirSync(directory)).toEqual([])
  })

  it('takes back a change that was cut off, in a copy', () => {
    const file = databaseOf(`${second} INSERT INTO status VALUES (1, 'S', 0, '')`)
    const writer = openFor(file)
    writer.exec(`PRAGMA cache_size = 1; BEGIN; UPDATE status SET flags = 'T';
      WITH RECURSIVE n(i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO status SELECT i, 'FS', 0, '' FROM n`)
    const left = join(temporaryDirectory(), 'INBOX')
    for (const suffix of ['', '-journal']) copyFileSync(file + suffix, left + suffix)
    const before = readFileSync(left)
    expect(before.length).toBeGreaterThan(100_000)
    expect(entriesOf(left)).toEqual([{ uid: 1, letters: 'S', labels: [], mtime: 0 }])
    expect(readFileSync(left).equals(before) && existsSync(`${left}-journal`)).toBe(true)
  })

  it('reads a write-ahead log along, and makes no file beside it', () => {
    const file = databaseOf(`PRAGMA journal_mode = WAL; ${second}`)
    openFor(file).exec("INSERT INTO status VALUES (1, 'S', 0, '')")
    const left = join(temporaryDirectory(), 'INBOX')
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, left + suffix)
    expect(entriesOf(left)).toHaveLength(1)
    expect(readdirSync(join(left, '..')).sort()).toEqual(['INBOX', 'INBOX-wal'])
  })

  it('says that it may be tried again while another process is writing', () => {
    const file = databaseOf(second)
    openFor(file).exec('BEGIN EXCLUSIVE')
    expect(() => readSqliteStatus(file)).toThrow(expect.objectContaining({ code: 'offlineimap/busy', retryable: true }))
  })

  it.each([
    { why: 'an empty file', damage: (file: string) => truncateSync(file) },
    {
      why: 'no database',
      damage: (file: string) => writeFileSync(file, 'nothing of the kind, and long enough'.repeat(9)),
    },
    { why: 'half of one', damage: (file: string) => truncateSync(file, 8192) },
  ])('refuses $why, and says which file', ({ damage }) => {
    const file = databaseOf(`${second} INSERT INTO status VALUES (1, 'S', 0, '')`)
    damage(file)
    expect(() => readSqliteStatus(file)).toThrow(refusal('offlineimap/damaged', file))
  })

  it.each([
    { why: 'no version', sql: 'CREATE TABLE metadata (key, value)', code: 'offlineimap/damaged' },
    { why: 'no messages table', sql: metadata('2'), code: 'offlineimap/damaged' },
    { why: 'a version to come', sql: second.replace("'2'", "'3'"), code: 'offlineimap/version-unknown' },
  ])('refuses one with $why', ({ sql, code }) => {
    const file = databaseOf(sql)
    expect(() => readSqliteStatus(file)).toThrow(refusal(code, file))
  })

  it('refuses a directory in its place', () => {
    const file = join(temporaryDirectory(), 'INBOX')
    mkdirSync(file)
    expect(() => readSqliteStatus(file)).toThrow(expect.objectContaining({ message: expect.stringContaining(file) }))
  })
})
