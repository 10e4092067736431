import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { asFileError } from './errors.ts'
import { flushDirectory } from './flush-directory.ts'
import type { Durability } from './write-files.ts'

/** How a file is replaced. */
export interface ReplaceOptions extends Durability {
  /** Permissions of the file; if not given, those it had, or 0666 less the umask. */
  readonly mode?: number
}

/**
 * Gives one small file new content: readers see the old or the new, never half of either. A symbolic link
 * stays one, and the file that it leads to is replaced.
 */
export async function replaceFile(path: string, content: Uint8Array | string, options: ReplaceOptions): Promise<void> {
  const target = realpathOf(path)
  const temporary = `${target}.${process.pid}.tmp`
  try {
    rmSync(temporary, { force: true })
    writeTemporary(temporary, content, options.mode ?? modeOf(target), options.durable)
    renameSync(temporary, target)
  } catch (thrown) {
    rmSync(temporary, { force: true })
    throw asFileError(target, thrown)
  }
  if (options.durable) await flushDirectory(dirname(target))
}

function writeTemporary(path: string, content: Uint8Array | string, mode: number | undefined, durable: boolean): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const descriptor = openSync(path, 'wx', mode ?? 0o666)
  try {
    if (mode !== undefined) fchmodSync(descriptor, mode)
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
    if (durable) fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function modeOf(path: string): number | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  return found && found.mode & 0o777
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    // Not there yet: a new file gets this very name.
    return path
  }
}
