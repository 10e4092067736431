import { statSync } from 'node:fs'
import { join } from 'node:path'
import { filePath, isMissing } from './message-files.ts'
import { namesIn } from './scan.ts'

/**
 * When a file last changed in any way (ctime, in nanoseconds): no program can set it back, while the mtime of a message is
 * the date on which it was received. Undefined if the file is gone.
 */
export function changeTimeOf(path: string | Buffer): bigint | undefined {
  try {
    return statSync(path, { bigint: true }).ctimeNs
  } catch (thrown) {
    if (isMissing(thrown)) return undefined
    throw thrown
  }
}

/** The newest change of any file in a Maildir; 0 if there is none. */
export function newestChange(directory: string): bigint {
  let newest = 0n
  for (const part of ['new', 'cur']) {
    for (const name of namesIn(join(directory, part))) {
      const changed = changeTimeOf(filePath(directory, part, name)) ?? 0n
      if (changed > newest) newest = changed
    }
  }
  return newest
}

/**
 * The position of a cursor where files have labels:
 *
 * | part       | meaning                                                                                    |
 * | ---------- | ------------------------------------------------------------------------------------------ |
 * | `17…:17…:` | the stamp of the directories, as elsewhere; `0:0:` where it could not be trusted           |
 * | `17…`      | the labels of files that changed since then were not read; the newest change of all of them |
 */
export function joinPosition(stamp: string, newest: bigint): string {
  return `${stamp === '' ? '0:0' : stamp}:${newest}`
}

/** The parts of such a position; of any other, none that matches anything. */
export function splitPosition(position: string): { readonly stamp: string; readonly newest: bigint | undefined } {
  const match = /^(\d+:\d+):(\d+)$/.exec(position)
  return { stamp: match?.[1] ?? '', newest: match?.[2] === undefined ? undefined : BigInt(match[2]) }
}
