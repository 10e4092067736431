import { argument, command } from './command.ts'
import { folderRefused } from './errors.ts'
import type { Session } from './session.ts'
import { readListed } from './survey.ts'

/** Creates a folder; those above it as well where the server doesn't do so itself (RFC 9051, 6.3.4). */
export async function createMailbox(session: Session, name: string, separator: string | undefined): Promise<void> {
  const { connection } = session
  const create = (folder: string) => connection.ask(command('CREATE ', argument(folder)))
  const first = await create(name)
  if (first.status === 'OK' || first.code === 'ALREADYEXISTS' || (await exists(session, name))) return
  const levels = separator ? name.split(separator) : [name]
  if (levels.length > 1) {
    for (let depth = 1; depth < levels.length; depth++) await create(levels.slice(0, depth).join(separator))
    const second = await create(name)
    if (second.status === 'OK' || second.code === 'ALREADYEXISTS') return
  }
  throw folderRefused(name, first, session.offers('NAMESPACE') ? await personalPrefix(session) : '')
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
