import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { Flag, FolderPath, Repository } from '@mailtide/contracts'
import { asFileError, isSystemError, makeDirectories } from '@mailtide/durable-fs'
import { createBaseNames } from './base-names.ts'
import { createDirectoryNames } from './directory-name.ts'
import { noSuchFolder, rootMissing, rootUnreadable } from './errors.ts'
import type { InfoSeparator } from './file-name.ts'
import { createFlagLetters } from './flag-letters.ts'
import { createMessageFiles } from './message-files.ts'
import { openFolder } from './open-folder.ts'
import { establishMark, readMark } from './store-mark.ts'
import { isDirectory, surveyTree } from './survey.ts'

/** Where a tree of Maildirs is and how it is written. */
export interface MaildirOptions {
  readonly root: string
  /** Between the levels of a folder's way: `/` nests directories; any other keeps them flat. Default `.`. */
  readonly separator?: string
  /** Between a file's base name and its flags; `!` where the file system takes no colon. Default `:`. */
  readonly infoSeparator?: InfoSeparator
  /** False: nothing is flushed, and a power cut may take back what was reported as stored. Default true. */
  readonly durable?: boolean
  /** Whether a file's mtime becomes the time at which its message was received. Default true. */
  readonly mtimeFromReceivedAt?: boolean
  /** Lower-case letters for keywords: `{ a: '$Work' }` is OfflineIMAP's `customflag_a = $Work`. */
  readonly keywordLetters?: Readonly<Record<string, Flag>>
  /** The name whose MD5 is `FMD5=`; OfflineIMAP takes the local name after nametrans. Default: the directory's name. */
  readonly localName?: (path: FolderPath) => string
  /** Told of a directory that is no folder because of its name. */
  readonly skipped?: (directory: string, reason: string) => void
  readonly now?: () => Date
  readonly hostName?: string
  readonly processId?: number
  /** Makes the mark of a new store. Default: a random UUID. */
  readonly newMark?: () => string
}

// An open folder holds no more than its last listing: any number may be open, and this many are promised.
const connections = 1024

/** A tree of Maildirs, as OfflineIMAP writes and reads it. */
export function createMaildirRepository(options: MaildirOptions): Repository {
  const {
    separator = '.',
    infoSeparator = ':',
    durable = true,
    mtimeFromReceivedAt = true,
    skipped = () => {},
    now = () => new Date(),
    hostName = hostname(),
    processId = process.pid,
    newMark = randomUUID,
  } = options
  const root = resolve(options.root)
  const names = createDirectoryNames(separator)
  const letters = createFlagLetters(options.keywordLetters)
  const baseNames = createBaseNames({ now, processId, hostName })
  const tree = { root, names, nested: separator === '/', skipped }
  const localName = options.localName ?? ((path) => names.directoryOf(path))
  let isClosed = false

  function isThere(path: string): boolean {
    try {
      return isDirectory(path)
    } catch (thrown) {
      throw asFileError(path, thrown)
    }
  }

  function requireRoot(): void {
    if (!isThere(root)) throw rootMissing(root)
  }

  return {
    capabilities: { canStore: letters.canStore, connections },
    separator,
    async survey(known, signal) {
      signal.throwIfAborted()
      try {
        return surveyTree(tree, known)
      } catch (thrown) {
        throw isSystemError(thrown) ? rootUnreadable(root, thrown) : thrown
      }
    },
    async readMark(signal) {
      signal.throwIfAborted()
      return readMark(root)
    },
    async establish(signal) {
      signal.throwIfAborted()
      return establishMark(root, newMark, durable)
    },
    async createFolder(path, signal) {
      signal.throwIfAborted()
      const directory = join(root, names.directoryOf(path))
      requireRoot()
      for (const part of ['tmp', 'new', 'cur']) await makeDirectories(join(directory, part), { mode: 0o700, durable })
    },
    async open(path, access, signal) {
      signal.throwIfAborted()
      const directory = join(root, names.directoryOf(path))
      requireRoot()
      if (!isThere(join(directory, 'new')) || !isThere(join(directory, 'cur'))) throw noSuchFolder(directory)
      const hash = createHash('md5').update(localName(path)).digest('hex')
      const files = createMessageFiles(directory)
      const writing = { infoSeparator, durable, mtimeFromReceivedAt, now }
      return openFolder({ directory, hash, files, letters, baseNames, ...writing }, { access, isOver: () => isClosed })
    },
    async close() {
      isClosed = true
    },
  }
}
