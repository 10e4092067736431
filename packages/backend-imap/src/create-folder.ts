import { argument, command } from './command.ts'
import { folderRefused } from './errors.ts'
import type { Session } from './session.ts'
import { readListed } from './survey.ts'

/** Creates a folder, `names` being those above it, outermost first, and itself; one round trip if all goes well. */
export async function createMailboxes(session: Session, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const { connection } = session
  const ends = await Promise.all(names.map((name) => connection.ask(command('CREATE ', argument(name)))))
  const name = names[names.length - 1]!
  const end = ends[ends.length - 1]!
  // Servers without the code of RFC 5530 have many words for a folder that exists already.
  if (end.status === 'OK' || end.code === 'ALREADYEXISTS' || (await exists(session, name))) return
  throw folderRefused(name, end, session.offers('NAMESPACE') ? await personalPrefix(session) : '')
}

async function exists({ connection }: Session, name: string): Promise<boolean> {
  let isThere = false
  await connection.ask(command('LIST "" ', argument(name)), {
    hear({ kind, reader }) {
      if (kind !== 'LIST') return false
      const folder = readListed(reader)
      const attributes = folder?.attributes
      isThere ||= folder?.name === name && !attributes?.has('\\noselect') && !attributes?.has('\\nonexistent')
      return true
    },
  })
  return isThere
}

/** Where the user's own folders live (RFC 2342): `INBOX.` on some servers. */
async function personalPrefix({ connection }: Session): Promise<string> {
  let prefix = ''
  await connection.ask(['NAMESPACE'], {
    hear({ kind, reader }) {
      if (kind !== 'NAMESPACE') return false
      prefix = /^ *\(\("((?:[^"\\]|\\.)*)"/.exec(reader.text.slice(reader.at))?.[1] ?? ''
      return true
    },
  })
  return prefix
}
