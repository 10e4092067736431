import type { ImapConfig } from '@mailtide/config'
import { wrongValue } from '../python/errors.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { textIn } from '../python/text-of.ts'

/** The folders that are watched first, by the server's names: `idlefolders`, or INBOX. */
export async function readIdleFolders({ idleFolders }: ImapConfig, evaluator: Evaluator): Promise<readonly string[]> {
  if (!idleFolders) return ['INBOX']
  const value = await evaluator.evaluate(idleFolders)
  if (!Array.isArray(value)) throw wrongValue(idleFolders, 'a list of str', value)
  const names = value.map((entry) => {
    const name = textIn(entry)
    if (name === undefined) throw wrongValue(idleFolders, 'a list of str', value)
    return name
  })
  return names.length === 0 ? ['INBOX'] : names
}
