import { type FileHandle, open } from 'node:fs/promises'
import { fileUnreadable, notOwned, openToOthers } from './errors.ts'

/** Which files may be read. */
export interface PrivateFileOptions {
  /** The system's own: its owner may be another, and others may read it. */
  readonly isShared?: boolean
  /** A file that is not there, or a shared one that may not be read, holds nothing. */
  readonly isOptional?: boolean
  readonly signal: AbortSignal
}

/**
 * Reads a file that holds passwords, if it is the user's own and closed to everybody else. The permissions are those of
 * the file that is read, whatever happens to its name meanwhile.
 */
export async function readPrivateFile(path: string, options: PrivateFileOptions): Promise<string | undefined> {
  const { isShared = false, isOptional = false, signal } = options
  let file: FileHandle | undefined
  try {
    file = await open(path)
    const { mode, uid } = await file.stat()
    if (!isShared && uid !== process.getuid?.()) throw notOwned(path)
    if (!isShared && (mode & 0o077) !== 0) throw openToOthers(path)
    return await file.readFile({ encoding: 'utf8', signal })
  } catch (thrown) {
    signal.throwIfAborted()
    if (!(thrown instanceof Error && 'syscall' in thrown && 'code' in thrown)) throw thrown
    const code = String(thrown.code)
    if (isOptional && (code === 'ENOENT' || code === 'ENOTDIR')) return undefined
    if (isOptional && isShared && (code === 'EACCES' || code === 'EPERM')) return undefined
    throw fileUnreadable(path, code, thrown)
  } finally {
    await file?.close()
  }
}
