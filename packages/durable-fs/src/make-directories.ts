import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { alreadyThere, asFileError } from './errors.ts'
import { flushDirectory } from './flush-directory.ts'

/** How directories are made. */
export interface DirectoryOptions {
  /** Permissions of every directory that had to be made; the umask takes its share. */
  readonly mode: number
  /** Whether they are flushed to the disk. */
  readonly durable: boolean
}

/** Makes a directory and those above it. One that exists already is no error. */
export async function makeDirectories(path: string, options: DirectoryOptions): Promise<void> {
  // One at a time: Node's own `recursive` says "not there" where the truth is "mounted read-only".
  for (const missing of missingOf(path)) {
    make(missing, options.mode)
    if (options.durable) await flushDirectory(dirname(missing))
  }
}

/** The directories that have to be made, outermost first. */
function missingOf(path: string): string[] {
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found?.isDirectory()) return []
    if (found) throw alreadyThere(path)
  } catch (thrown) {
    throw asFileError(path, thrown)
  }
  return [...missingOf(dirname(path)), path]
}

function make(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode })
  } catch (thrown) {
    const madeMeanwhile = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    if (!madeMeanwhile) throw asFileError(path, thrown)
  }
}
