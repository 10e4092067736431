import { DatabaseSync } from 'node:sqlite'
import { lockHeld, lockUnusable } from './errors.ts'

/** A lock that is held until it is released or the process ends, however it ends. */
export interface Lock {
  /** Gives it back. A second call does nothing. */
  release(): void
}

/** What a lock notes of its holder. */
export interface LockOptions {
  /** The clock. */
  readonly now?: () => Date
  readonly processId?: number
}

const busy = 5

/**
 * Takes an exclusive lock or throws `lock/held`, which says who holds it.
 *
 * Node has no `flock`, but SQLite locks its files and the system drops those locks with the process: the lock is an open
 * write transaction on a small database. The holder's row is committed before, because others can read only that.
 * The file stays behind, unlocked; it must not be opened by other means in this process, which would drop the lock.
 */
export function acquireLock(file: string, options: LockOptions = {}): Lock {
  const { now = () => new Date(), processId = process.pid } = options
  const database = openDatabase(file)
  try {
    database.exec('BEGIN IMMEDIATE')
    // Others look only for a moment; wait for them with the commit, but never for the lock.
    database.exec(`PRAGMA busy_timeout = 1000;
      CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY CHECK (one = 1), process INTEGER, since TEXT)`)
    database.prepare('REPLACE INTO holder VALUES (1, ?, ?)').run(processId, now().toISOString())
    database.exec('COMMIT; PRAGMA busy_timeout = 0; BEGIN IMMEDIATE')
  } catch (thrown) {
    const refusal = isBusy(thrown) ? lockHeld(file, holderOf(database)) : lockUnusable(file, thrown)
    database.close()
    throw refusal
  }
  return {
    release() {
      if (database.isOpen) database.close()
    },
  }
}

function openDatabase(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 })
  } catch (thrown) {
    throw lockUnusable(file, thrown)
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === busy
}

function holderOf(database: DatabaseSync): { processId: number; since: Date } | undefined {
  try {
    if (database.isTransaction) database.exec('ROLLBACK')
    const row = database.prepare('SELECT process, since FROM holder').get()
    if (!row) return undefined
    const { process: processId, since } = row
    return { processId: Number(processId), since: new Date(String(since)) }
  } catch {
    // The holder is just now writing its row, or has not come to it: it is held all the same.
    return undefined
  }
}
