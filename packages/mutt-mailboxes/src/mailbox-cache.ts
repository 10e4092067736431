import { cacheUnreadable } from './errors.ts'
import type { Mailbox } from './mailbox.ts'

/**
 * OfflineIMAP's cache of one account's mailboxes, `<metadata>/mbnames/<account>.json`, as Python writes it: ASCII, a
 * blank after comma and colon, no line end.
 *
 * ```json
 * [{"accountname": "home", "foldername": "Entw\u00fcrfe", "localfolders": "/home/me/Mail"}]
 * ```
 *
 * Of an account between two servers `localfolders` is null.
 */
export function formatMailboxCache(boxes: readonly Mailbox[]): string {
  const objects = boxes.map(({ account, folder, localFolders }) => {
    const entries = Object.entries({ accountname: account, foldername: folder, localfolders: localFolders ?? null })
    return `{${entries.map(([name, value]) => `"${name}": ${asciiJson(value)}`).join(', ')}}`
  })
  return `[${objects.join(', ')}]`
}

/** Reads such a cache, whoever wrote it. */
export function parseMailboxCache(text: string): Mailbox[] {
  const parsed = parseJson(text)
  if (!Array.isArray(parsed)) throw cacheUnreadable()
  return parsed.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) throw cacheUnreadable()
    const { accountname, foldername, localfolders } = entry as Partial<Record<string, unknown>>
    if (typeof accountname !== 'string' || typeof foldername !== 'string') throw cacheUnreadable()
    if (typeof localfolders !== 'string' && localfolders !== null) throw cacheUnreadable()
    return { account: accountname, folder: foldername, localFolders: localfolders ?? undefined }
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw cacheUnreadable(thrown)
  }
}

function asciiJson(text: string | null): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
