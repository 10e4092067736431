import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asFileError, isSystemError, makeDirectories, replaceFile } from '@mailtide/durable-fs'

const fileName = '.mailtide-id'

/** The mark in a root; undefined if there is none, or no root. */
export function readMark(root: string): string | undefined {
  const path = join(root, fileName)
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch (thrown) {
    if (isSystemError(thrown) && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')) return undefined
    throw asFileError(path, thrown)
  }
}

/** Makes the root if it is missing, marks it if it has no mark, and answers its mark. */
export async function establishMark(root: string, newMark: () => string, durable: boolean): Promise<string> {
  await makeDirectories(root, { mode: 0o700, durable })
  const mark = readMark(root) ?? newMark()
  if (readMark(root) === undefined) await replaceFile(join(root, fileName), `${mark}\n`, { durable, mode: 0o600 })
  return mark
}
