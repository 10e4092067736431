import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import type { Flag, FolderPath, Repository } from '@mailtide/contracts'
import { asFileError, makeDirectories } from '@mailtide/durable-fs'
import { createBaseNames } from './base-names.ts'
import { createDirectoryNames } from './directory-name.ts'
import { asRootError, noSuchFolder, rootMissing } from './errors.ts'
import type { InfoSeparator } from './file-name.ts'
import { createFlagLetters } from './flag-letters.ts'
import { createFolderHashes, type HashesOf } from './folder-hashes.ts'
import { createMessageFiles } from './message-files.ts'
import { openFolder } from './open-folder.ts'
import { establishMark, readMark } from './store-mark.ts'
import { isDirectory, surveyTree } from './survey.ts'
import { type MaildirWatchOptions, watchTree } from './watch-tree.ts'

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
  /** Whether it becomes the time in the message's `Date` instead, where that can be read (`utime_from_header`). Default false. */
  readonly timeFromHeader?: boolean
  /** Whether file names begin with the time in `Date` or `Delivery-Date` (`filename_use_mail_timestamp`). Default false. */
  readonly nameTimeFromHeader?: boolean
  /** Whether messages keep their access times when they are read (`restoreatime`). Default false. */
  readonly restoreAccessTime?: boolean
  /** Lower-case letters for keywords: `a` to `$Work` is OfflineIMAP's `customflag_a = $Work`. */
  readonly customFlags?: ReadonlyMap<string, Flag>
  /**
   * Messages have labels, in a header of their files (`type = GmailMaildir` with `synclabels`): `X-Label` and `Keywords` hold
   * them parted by spaces, any other by commas. Without it that header is one like others.
   */
  readonly labels?: { readonly header: string }
  /** The name whose MD5 is `FMD5=`; OfflineIMAP takes the local name after nametrans. Default: {@link plainName}. */
  readonly localName?: (path: FolderPath) => string
  /**
   * The local name before nametrans, whose MD5 was `FMD5=` before OfflineIMAP 6.3.5. In names of that time `U=` counts as
   * well, once a survey told that no other folder is called so. Default: the directory's name.
   */
  readonly plainName?: (path: FolderPath) => string
  /** Told of a directory that is no folder because of its name. */
  readonly skipped?: (directory: string, reason: string) => void
  /** How the tree is watched. */
  readonly watching?: MaildirWatchOptions
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
    timeFromHeader = false,
    nameTimeFromHeader = false,
    restoreAccessTime = false,
    skipped = () => {},
    now = () => new Date(),
    hostName = hostname(),
    processId = process.pid,
    newMark = randomUUID,
  } = options
  const root = resolve(options.root)
  const names = createDirectoryNames(separator)
  const letters = createFlagLetters(options.customFlags)
  const baseNames = createBaseNames({ now, processId, hostName })
  const labelsHeader = options.labels?.header
  const tree = { root, names, nested: separator === '/', skipped, hasLabels: labelsHeader !== undefined }
  const plainName = options.plainName ?? names.directoryOf
  const naming = { plainName, localName: options.localName ?? plainName }
  const times = { mtimeFromReceivedAt, timeFromHeader, nameTimeFromHeader, restoreAccessTime }
  let paths: readonly FolderPath[] = []
  let hashesOf: HashesOf | undefined
  let isClosed = false

  function know(found: readonly FolderPath[]): void {
    paths = found
    hashesOf = undefined
  }

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
    capabilities: { canStore: letters.canStore, connections, labels: labelsHeader !== undefined },
    separator,
    async survey(known, signal) {
      signal.throwIfAborted()
      const found = asRootError(root, () => surveyTree(tree, known))
      know(found.map(({ path }) => path))
      return found
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
      know([...paths, path])
    },
    async open(path, access, signal) {
      signal.throwIfAborted()
      const directory = join(root, names.directoryOf(path))
      requireRoot()
      if (!isThere(join(directory, 'new')) || !isThere(join(directory, 'cur'))) throw noSuchFolder(directory)
      // Not before: names after nametrans are known once the folders of both sides are.
      hashesOf ??= createFolderHashes(naming, paths)
      const files = createMessageFiles(directory)
      const writing = { letters, baseNames, infoSeparator, durable, labelsHeader }
      const context = { directory, ...hashesOf(path), files, ...writing, now, ...times }
      return openFolder(context, { access, isOver: () => isClosed })
    },
    watch: (known, signal) => watchTree(tree, options.watching ?? {}, known, signal),
    async close() {
      isClosed = true
    },
  }
}
