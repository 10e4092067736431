import { closeSync, fsync, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { asFileError, isSystemError } from './errors.ts'

const flush = promisify(fsync)

/** Makes the names in a directory durable: what was created, renamed or removed in it stays so after a power cut. */
export async function flushDirectory(path: string): Promise<void> {
  try {
    const descriptor = openSync(path, 'r')
    try {
      await flush(descriptor)
    } finally {
      closeSync(descriptor)
    }
  } catch (thrown) {
    // Some network file systems cannot flush a directory and say EINVAL: they promise nothing that could be waited for.
    if (isSystemError(thrown) && thrown.syscall === 'fsync' && thrown.code === 'EINVAL') return
    throw asFileError(path, thrown)
  }
}
