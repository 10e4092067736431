import { join } from 'node:path'
import { entryIsDirectory, storeMissing } from './errors.ts'
import { type PassProgram, refusalOf, statusOf } from './pass-program.ts'

/** All of an entry's text, exactly; undefined if there is no such entry. */
export async function showEntry(pass: PassProgram, entry: string, signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted()
  const { directory } = pass
  // pass lists a directory as if that were an entry.
  const isEntry = (await statusOf(join(directory, `${entry}.gpg`)))?.isFile()
  if (!isEntry && (await statusOf(join(directory, entry)))?.isDirectory()) throw entryIsDirectory(entry)
  const result = await pass.run(['show', '--', entry], entry, signal)
  if (result.exitCode === 0) return Buffer.from(result.stdout).toString()
  if (!isAbsent(result)) throw refusalOf(result, 'show', entry)
  if ((await statusOf(directory))?.isDirectory()) return undefined
  throw storeMissing(directory)
}

/** Whether pass says that there is no such entry. */
export function isAbsent({ stderr }: { readonly stderr: string }): boolean {
  return stderr.includes('is not in the password store')
}
