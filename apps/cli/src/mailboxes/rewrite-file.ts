import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeDirectories, replaceFile } from '@mailtide/durable-fs'

/** How a file is rewritten. */
export interface RewriteOptions {
  readonly durable: boolean
  /** Permissions of directories that have to be made for it. */
  readonly directoryMode: number
}

/** Whether a file holds something else than this text, or isn't there. */
export function isOther(file: string, text: string): boolean {
  try {
    return !readFileSync(file).equals(Buffer.from(text))
  } catch {
    // Whatever is wrong with it shows when it is written.
    return true
  }
}

/** Gives a file this content at one stroke, unless it has it already. Answers whether it was written. */
export async function rewriteFile(
  file: string,
  text: string,
  { durable, directoryMode }: RewriteOptions,
): Promise<boolean> {
  if (!isOther(file, text)) return false
  await makeDirectories(dirname(file), { mode: directoryMode, durable })
  await replaceFile(file, text, { durable })
  return true
}
