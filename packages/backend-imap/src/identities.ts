import { headerLength, identityHeaderLimit, identityOf, withoutHeaders } from '@mailtide/message-bytes'
import type { Listener } from './connection.ts'
import { refused } from './errors.ts'
import type { FetchRow } from './fetch-row.ts'
import type { Session } from './session.ts'
import { setsFor, splitUids } from './uid-set.ts'

const messagesAtOnce = 500

/** FETCHes items of messages, all commands in flight at once. The row is only on loan. */
export async function fetchRows(
  { connection, readRow }: Session,
  sets: readonly string[],
  items: string,
  take: (row: FetchRow) => void,
): Promise<void> {
  const listener: Listener = {
    hear({ kind, reader }) {
      if (kind === 'FETCH') take(readRow(reader))
      return kind === 'FETCH'
    },
  }
  const ends = await Promise.all(sets.map((set) => connection.ask([`UID FETCH ${set} ${items}`], listener)))
  const bad = ends.find(({ status }) => status !== 'OK')
  if (bad) throw refused('to read headers', bad, 'folder')
}

/** The identities of messages, from their sizes and headers, less that of labels. What is gone is left out. */
export async function fetchIdentities(session: Session, uids: readonly number[]): Promise<Map<number, string>> {
  const identities = new Map<number, string>()
  const sizes = new Map<number, number>()
  await fetchRows(session, setsOf(session, uids), '(UID RFC822.SIZE BODY.PEEK[HEADER])', ({ uid, size, body }) => {
    if (uid === 0 || size < 0 || !body) return
    // A message without an end to its header may come with one added.
    if (body.length < size && endsWithBlankLine(body)) identities.set(uid, identityWithout(session, size, body))
    else sizes.set(uid, size)
  })
  const exact = await fetchExactIdentities(session, sizes, (size, head) => identityWithout(session, size, head))
  for (const [uid, identity] of exact) identities.set(uid, identity)
  return identities
}

/** The same from the very octets of the message. */
export async function fetchExactIdentities(
  session: Session,
  sizes: ReadonlyMap<number, number>,
  identity: typeof identityOf = identityOf,
): Promise<Map<number, string>> {
  const identities = new Map<number, string>()
  const uids = [...sizes.keys()].sort((a, b) => a - b)
  await fetchRows(session, setsOf(session, uids), `(UID BODY.PEEK[]<0.${identityHeaderLimit}>)`, ({ uid, body }) => {
    const size = sizes.get(uid)
    if (size !== undefined && body) identities.set(uid, identity(size, body))
  })
  return identities
}

/** A message is the same whatever labels were written into it elsewhere. */
function identityWithout({ labelsHeader }: Session, size: number, head: Uint8Array): string {
  if (labelsHeader === undefined) return identityOf(size, head)
  const bare = withoutHeaders(head, [labelsHeader])
  return identityOf(size - (head.length - bare.length), bare)
}

function setsOf({ server }: Session, uids: readonly number[]): string[] {
  return splitUids(uids, setsFor(server, 0, messagesAtOnce)).map(({ text }) => text)
}

function endsWithBlankLine(header: Uint8Array): boolean {
  const blank = Buffer.from(header.buffer, header.byteOffset, header.byteLength).subarray(-4).toString('latin1')
  return headerLength(header) === header.length && (blank === '\r\n\r\n' || blank === '\r\n')
}
