import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { asFileError, makeDirectories } from '@mailtide/durable-fs'
import { isOurName } from './file-name.ts'

const oldest = 36 * 60 * 60 * 1000

/**
 * Makes `tmp` where a copy of the tree came without its empty directories, and removes what killed runs left in it:
 * files with names of ours that nothing happened to for 36 hours (the time Maildir's author gave for it). Goes by
 * ctime, because the mtime of a message is the date it was received.
 */
export async function prepareTemporary(
  directory: string,
  { durable, now }: { readonly durable: boolean; readonly now: Date },
): Promise<void> {
  const path = join(directory, 'tmp')
  await makeDirectories(path, { mode: 0o700, durable })
  try {
    for (const name of readdirSync(path)) {
      if (!isOurName(name)) continue
      const found = lstatSync(join(path, name), { throwIfNoEntry: false })
      if (found && now.getTime() - found.ctimeMs > oldest) rmSync(join(path, name), { force: true })
    }
  } catch (thrown) {
    throw asFileError(path, thrown)
  }
}
