import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asFileError } from '@mailtide/durable-fs'
import { isOurName, parseName } from './file-name.ts'

const oldest = 36 * 60 * 60 * 1000

/**
 * Makes `tmp` where a copy of the tree came without its empty directories, and removes what killed runs left in it:
 * files with names of ours that nothing happened to for 36 hours (the time Maildir's author gave for it). Goes by
 * ctime, because the mtime of a message is the date it was received.
 */
export function prepareTemporary(directory: string, now: Date): void {
  const path = join(directory, 'tmp')
  try {
    // Only tmp itself: where the whole folder has gone, none may appear in its place.
    if (!existsSync(path)) mkdirSync(path, { mode: 0o700 })
    for (const name of readdirSync(path)) {
      if (!isOurName(name)) continue
      const found = lstatSync(join(path, name), { throwIfNoEntry: false })
      if (found && now.getTime() - found.ctimeMs > oldest) rmSync(join(path, name), { force: true })
    }
  } catch (thrown) {
    throw asFileError(path, thrown)
  }
}

/** Removes from `tmp` what a run that was cut off had begun to write under these base names. */
export function discardUnfinished(directory: string, baseNames: ReadonlySet<string>): void {
  const path = join(directory, 'tmp')
  if (baseNames.size === 0 || !existsSync(path)) return
  try {
    for (const name of readdirSync(path)) {
      if (baseNames.has(parseName(name).base)) rmSync(join(path, name), { force: true })
    }
  } catch (thrown) {
    throw asFileError(path, thrown)
  }
}
