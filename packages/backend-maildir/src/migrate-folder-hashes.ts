import { lstatSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FolderPath, MessageId } from '@mailtide/contracts'
import { asFileError, flushDirectory } from '@mailtide/durable-fs'
import { createBreather } from './breather.ts'
import { createDirectoryNames } from './directory-name.ts'
import { asRootError } from './errors.ts'
import { withHash } from './file-name.ts'
import { createFolderHashes, type FolderHashes } from './folder-hashes.ts'
import { createMessageFiles, isMissing, placePath } from './message-files.ts'
import type { Place } from './scan.ts'
import { surveyTree } from './survey.ts'

/** Which tree of Maildirs, and what its folders were called and are called. */
export interface MigrationOptions {
  readonly root: string
  /** As in `MaildirOptions`. */
  readonly separator?: string
  /** A folder's name after nametrans: its MD5 is to stand in the names of files. */
  readonly localName: (path: FolderPath) => string
  /** Its name before nametrans: its MD5 is what is replaced. Default: the directory's name. */
  readonly plainName?: (path: FolderPath) => string
  /** Answers what would be done, and does nothing. */
  readonly dryRun?: boolean
  /** False: nothing is flushed. Default true. */
  readonly durable?: boolean
  /** Told of a directory that is no folder because of its name. */
  readonly skipped?: (directory: string, reason: string) => void
}

/** What became of one folder's files; each is named as in `cur/1_0.7.vm,U=4,FMD5=…:2,S`. */
export interface MigratedFolder {
  readonly path: FolderPath
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  /** Files with neither hash: mail without a UID. */
  readonly neither: readonly string[]
  /** Files that could not be renamed, for another has that name. */
  readonly inTheWay: readonly string[]
}

/**
 * OfflineIMAP's `--migrate-fmd5-using-nametrans`: gives files whose `FMD5=` is of their folder's plain name that of its
 * name after nametrans. The messages' ids change by it; `U=` tells which they were.
 */
export async function migrateFolderHashes(options: MigrationOptions, signal: AbortSignal): Promise<MigratedFolder[]> {
  const { separator = '.', skipped = () => {}, localName, dryRun = false, durable = true } = options
  const root = resolve(options.root)
  const names = createDirectoryNames(separator)
  const plainName = options.plainName ?? names.directoryOf
  const tree = { root, names, nested: separator === '/', skipped, hasLabels: false }
  const paths = asRootError(root, () => surveyTree(tree, new Map())).map(({ path }) => path)
  const hashesOf = createFolderHashes({ plainName, localName }, paths)
  const migrated: MigratedFolder[] = []
  for (const path of paths) {
    const directory = join(root, names.directoryOf(path))
    migrated.push({ path, ...(await migrateFolder({ directory, ...hashesOf(path), dryRun, durable }, signal)) })
  }
  return migrated
}

interface Migration extends FolderHashes {
  readonly directory: string
  readonly dryRun: boolean
  readonly durable: boolean
}

async function migrateFolder(migration: Migration, signal: AbortSignal): Promise<Omit<MigratedFolder, 'path'>> {
  const { directory, hash, formerHash, dryRun, durable } = migration
  const files = createMessageFiles(directory)
  const breathe = createBreather()
  const find = files.finder()
  const renamed: { from: string; to: string }[] = []
  const neither: string[] = []
  const inTheWay: string[] = []
  for (const base of files.look().places.keys() as Iterable<MessageId>) {
    await breathe()
    signal.throwIfAborted()
    const migratedBase = formerHash === undefined ? undefined : withHash(base, formerHash, hash)
    find(base, ({ place, spares }) => {
      for (const each of [place, ...spares]) {
        const from = fileOf(base, each)
        if (migratedBase === undefined) {
          if (!base.includes(`,FMD5=${hash}`)) neither.push(from)
          continue
        }
        const [source, target] = [placePath(directory, base, each), placePath(directory, migratedBase, each)]
        if (lstatSync(target, { throwIfNoEntry: false })) inTheWay.push(from)
        else {
          if (!dryRun) rename(source, target)
          renamed.push({ from, to: fileOf(migratedBase, each) })
        }
      }
    })
  }
  if (durable && !dryRun && renamed.length > 0) {
    for (const part of ['new', 'cur']) await flushDirectory(join(directory, part))
  }
  return { renamed, neither, inTheWay }
}

function fileOf(base: string, place: Place): string {
  return `${place.slice(0, 3)}/${base}${place.slice(3)}`
}

/** A missing file is for the finder to look for again. */
function rename(source: string | Buffer, target: string | Buffer): void {
  try {
    renameSync(source, target)
  } catch (thrown) {
    throw isMissing(thrown) ? thrown : asFileError(source.toString(), thrown)
  }
}
