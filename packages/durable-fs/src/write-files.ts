import { closeSync, fsync, futimesSync, lstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { alreadyThere, asFileError } from './errors.ts'
import { flushDirectory } from './flush-directory.ts'

/** A file that is to appear whole, or not at all. */
export interface NewFile {
  /** Where it is written before it is complete: a free name on the file system of the target. */
  readonly temporary: string
  /** Where it appears. What has that name already is never replaced. */
  readonly target: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
  /** The mtime that it gets. */
  readonly modifiedAt?: Date
}

/** How much is promised when a write resolves. */
export interface Durability {
  /** False: written and renamed, but a power cut may take it back. */
  readonly durable: boolean
}

interface Staged {
  readonly file: NewFile
  readonly descriptor: number
}

const flush = promisify(fsync)

// Bounds the open files. Flushing 64 together took 0.15 ms a file of 8 KB, one by one 0.22 ms, `sync -f` 0.21 ms.
const groupSize = 64

/**
 * Writes a group of new files: each under its temporary name, all flushed together, each renamed into place, the
 * directories flushed. Answers, in order, undefined for a file that is safe and else the error; a file that failed
 * leaves nothing behind, and its neighbours go on. Only a file whose directory could not be flushed stays.
 */
export async function writeFiles(files: readonly NewFile[], { durable }: Durability): Promise<(Error | undefined)[]> {
  const outcomes: (Error | undefined)[] = []
  for (let start = 0; start < files.length; start += groupSize) {
    outcomes.push(...(await writeGroup(files.slice(start, start + groupSize), durable)))
  }
  return outcomes
}

async function writeGroup(files: readonly NewFile[], durable: boolean): Promise<(Error | undefined)[]> {
  const staged: (Staged | Error)[] = []
  for (const file of files) staged.push(await stage(file))
  const closed = await Promise.all(staged.map((entry) => (entry instanceof Error ? entry : complete(entry, durable))))
  const placed = closed.map((entry) => (entry instanceof Error ? entry : place(entry)))
  if (!durable) return placed.map(errorOf)

  const directories = new Set(placed.flatMap((entry) => (entry instanceof Error ? [] : [dirname(entry.target)])))
  const unflushed = new Map<string, Error>()
  for (const directory of directories) {
    await flushDirectory(directory).catch((thrown: Error) => unflushed.set(directory, thrown))
  }
  return placed.map((entry) => errorOf(entry) ?? unflushed.get(dirname((entry as NewFile).target)))
}

/** Writes under the temporary name; buffers without a pause, which is many times faster than a promise each. */
async function stage(file: NewFile): Promise<Staged | Error> {
  let descriptor: number
  try {
    descriptor = openSync(file.temporary, 'wx', 0o666)
  } catch (thrown) {
    return asFileError(file.temporary, thrown)
  }
  try {
    if (file.content instanceof Uint8Array) writeWhole(file, descriptor, file.content)
    else for await (const chunk of file.content) writeWhole(file, descriptor, chunk)
    if (file.modifiedAt) futimesSync(descriptor, file.modifiedAt, file.modifiedAt)
    return { file, descriptor }
  } catch (thrown) {
    closeSync(descriptor)
    return discard(file, thrown)
  }
}

function writeWhole(file: NewFile, descriptor: number, bytes: Uint8Array): void {
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
  } catch (thrown) {
    throw asFileError(file.temporary, thrown)
  }
}

async function complete({ file, descriptor }: Staged, durable: boolean): Promise<NewFile | Error> {
  try {
    if (durable) await flush(descriptor)
  } catch (thrown) {
    closeSync(descriptor)
    return discard(file, asFileError(file.temporary, thrown))
  }
  closeSync(descriptor)
  return file
}

function place(file: NewFile): NewFile | Error {
  try {
    if (lstatSync(file.target, { throwIfNoEntry: false })) throw alreadyThere(file.target)
    renameSync(file.temporary, file.target)
    return file
  } catch (thrown) {
    return discard(file, asFileError(file.target, thrown))
  }
}

function discard(file: NewFile, thrown: unknown): Error {
  rmSync(file.temporary, { force: true })
  return thrown instanceof Error ? thrown : asFileError(file.temporary, thrown)
}

function errorOf(entry: NewFile | Error): Error | undefined {
  return entry instanceof Error ? entry : undefined
}
