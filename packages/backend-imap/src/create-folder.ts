import { argument, command } from './command.ts'
import { folderRefused } from './errors.ts'
import type { Session } from './session.ts'
import type { Completion } from './status-text.ts'
import { readListed } from './survey.ts'

/**
 * Creates a folder: `names` are those above it, outermost first, and itself. A server makes what it needs above
 * (RFC 9051, 6.3.4); where it refuses to, those above are created first. No folder appears that nobody asked for. Answers
 * whether it is new.
 */
export async function createMailboxes(session: Session, names: readonly string[]): Promise<boolean> {
  const name = names[names.length - 1]
  if (name === undefined) return false
  const { connection } = session
  const create = (each: string) => connection.ask(command('CREATE ', argument(each)))
  const isDone = async ({ status, code }: Completion) =>
    // Servers without the code of RFC 5530 have many words for a folder that exists already.
    status === 'OK' || code === 'ALREADYEXISTS' || (await exists(session, name))
  const first = await create(name)
  if (await isDone(first)) return first.status === 'OK'
  const ends = await Promise.all(names.map(create))
  const end = ends[ends.length - 1]!
  if (await isDone(end)) return end.status === 'OK'
  throw folderRefused(name, end, session.offers('NAMESPACE') ? await personalPrefix(session) : '')
}

/** Subscribes to a folder (RFC 9051, 6.3.7). */
export async function subscribe({ connection }: Session, name: string): Promise<void> {
  await connection.run(`to subscribe to ${name}`, command('SUBSCRIBE ', argument(name)))
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
