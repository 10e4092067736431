import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { asFileError, flushDirectory } from '@mailtide/durable-fs'
import { formatMailboxCache, type Mailbox, parseMailboxCache } from '@mailtide/mutt-mailboxes'
import { cacheUnusable } from './errors.ts'
import { rewriteFile } from './rewrite-file.ts'

/** What each account's last sync said of its mailboxes: `<metadata>/mbnames/<account>.json`, as OfflineIMAP keeps it. */
export interface MailboxCaches {
  /** The accounts that there is a file of. */
  accounts(): readonly string[]
  /** Where an account's file is. */
  fileOf(account: string): string
  /** Undefined where there is no file. Throws, naming the file, where it cannot be used. */
  read(account: string): readonly Mailbox[] | undefined
  /** Written only if it changed. */
  write(account: string, boxes: readonly Mailbox[]): Promise<void>
  remove(account: string): Promise<void>
}

const ending = '.json'

/** The caches below a metadata directory. */
export function createMailboxCaches(metadata: string, durable: boolean): MailboxCaches {
  const directory = join(metadata, 'mbnames')
  const fileOf = (account: string) => join(directory, `${account}${ending}`)
  return {
    fileOf,
    accounts() {
      const names = existsSync(directory) ? filesIn(directory) : []
      return names.flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])).sort()
    },
    read(account) {
      const file = fileOf(account)
      if (!existsSync(file)) return undefined
      try {
        return parseMailboxCache(readFileSync(file, 'utf8'))
      } catch (thrown) {
        throw cacheUnusable(file, thrown)
      }
    },
    write: (account, boxes) =>
      rewriteFile(fileOf(account), formatMailboxCache(boxes), { durable, directoryMode: 0o700 }).then(() => undefined),
    async remove(account) {
      const file = fileOf(account)
      try {
        rmSync(file, { force: true })
      } catch (thrown) {
        throw asFileError(file, thrown)
      }
      if (durable) await flushDirectory(dirname(file))
    },
  }
}

/** Below a directory, by their ways from it: an account's name may hold a slash. */
function filesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
  } catch (thrown) {
    throw asFileError(directory, thrown)
  }
}
