import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The workspace. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Where the table is shown. */
export const documentPath = join(root, 'docs/offlineimap-compatibility.md')
