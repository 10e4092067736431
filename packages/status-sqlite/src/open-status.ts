import type { DatabaseSync } from 'node:sqlite'
import type { FolderPair, FolderPath, FolderStatus, StatusStore } from '@mailtide/contracts'
import { asStatusError, statusClosed, statusReadOnly } from './errors.ts'
import { createFlagSets } from './flag-sets.ts'
import { createFolderStatus, cursorsFrom, type FolderTools } from './folder-status.ts'
import { openDatabase } from './open-database.ts'
import { type ReadableDatabase, readDatabase } from './read-database.ts'
import { prepareStatements, type Statements } from './statements.ts'

/** Where a status lies and how it is kept. */
export interface StatusOptions {
  readonly file: string
  /** Whether what was committed survives a power cut; what is left of it is sound either way. */
  readonly durable: boolean
  /** Writes nothing at all, not even beside the file. A file that is missing is an empty status. */
  readonly readOnly?: boolean
}

/** Opens the status of an account. Other processes cannot open it until it is closed, or this process ends. */
export function openStatus({ file, durable, readOnly = false }: StatusOptions): StatusStore {
  const { database, close } = told(file, () => (readOnly ? readDatabase(file) : ours(openDatabase(file, durable))))
  const look = <T>(question: () => T): T => {
    if (!database.isOpen) throw statusClosed(file)
    return told(file, question)
  }
  let statements: Statements
  let flagSets: FolderTools['flagSets']
  try {
    ;[statements, flagSets] = look(() => [prepareStatements(database), createFlagSets(database)])
  } catch (thrown) {
    close()
    throw thrown
  }
  const change = <T>(deed: () => T): T => {
    if (readOnly) throw statusReadOnly(file)
    return look(() => {
      statements.begin.run()
      try {
        const result = deed()
        statements.commit.run()
        return result
      } catch (thrown) {
        flagSets.forget()
        if (database.isTransaction) statements.rollback.run()
        throw thrown
      }
    })
  }
  const opened = new Map<string, FolderStatus>()

  return {
    folder(folders) {
      const key = JSON.stringify([folders.local, folders.remote])
      const folder = opened.get(key) ?? createFolderStatus(folders, { statements, flagSets, look, change })
      opened.set(key, folder)
      return folder
    },
    folders: () =>
      look(() =>
        statements.folders.all().map(([local, remote, cursors]) => {
          const folders: FolderPair = { local: local as FolderPath, remote: remote as FolderPath }
          return [folders, cursorsFrom(cursors)] as const
        }),
      ),
    get messageCount() {
      return look(() => Number(statements.messageCount.get()?.[0]))
    },
    note(key) {
      const row = look(() => statements.note.get(key))
      return row && String(row[0])
    },
    setNote(key, value) {
      change(() => statements.setNote.run(key, value))
    },
    close() {
      if (database.isOpen) told(file, close)
    },
  }
}

function ours(database: DatabaseSync): ReadableDatabase {
  return { database, close: () => database.close() }
}

function told<T>(file: string, deed: () => T): T {
  try {
    return deed()
  } catch (thrown) {
    throw asStatusError(file, thrown)
  }
}
