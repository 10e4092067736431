import { closeSync, constants, fstatSync, futimesSync, openSync } from 'node:fs'
import { isSystemError } from '@mailtide/durable-fs'

/** A file open for reading. */
export interface OpenFile {
  readonly descriptor: number
  close(): void
}

// O_NONBLOCK: opening a named pipe would wait for a writer.
const toRead = constants.O_RDONLY | constants.O_NONBLOCK

/** Opens a file. */
export function openToRead(path: string | Buffer): OpenFile {
  const descriptor = openSync(path, toRead)
  return { descriptor, close: () => closeSync(descriptor) }
}

/**
 * Opens a file, and closes it with the access time that it had: programs that take a file with an access time before its
 * mtime for unread mail go on doing so. Where the system lets its owner read without a trace (Linux), nothing is put back.
 */
export function openKeepingAccessTime(path: string | Buffer): OpenFile {
  const descriptor = openWithoutTrace(path) ?? openSync(path, toRead)
  const before = fstatSync(descriptor, { bigint: true }).atimeNs
  return {
    descriptor,
    close() {
      try {
        const { atimeNs, mtimeNs } = fstatSync(descriptor, { bigint: true })
        if (atimeNs !== before) restore(descriptor, before, mtimeNs)
      } finally {
        closeSync(descriptor)
      }
    },
  }
}

function openWithoutTrace(path: string | Buffer): number | undefined {
  // Undefined outside Linux, whatever its type says.
  const noTrace: number | undefined = constants.O_NOATIME
  if (noTrace === undefined) return undefined
  try {
    return openSync(path, toRead | noTrace)
  } catch (thrown) {
    if (isNotOurs(thrown)) return undefined
    throw thrown
  }
}

function restore(descriptor: number, atimeNs: bigint, mtimeNs: bigint): void {
  try {
    futimesSync(descriptor, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9)
  } catch (thrown) {
    if (!isNotOurs(thrown)) throw thrown
  }
}

/** Only a file's owner may set its times, and the message was read all the same. */
function isNotOurs(thrown: unknown): boolean {
  return isSystemError(thrown) && (thrown.code === 'EPERM' || thrown.code === 'EACCES' || thrown.code === 'EROFS')
}
