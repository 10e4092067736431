import { type OutgoingMessage, wholeBodyLimit } from '@mailtide/contracts'
import { argument, type Command, command, type OutgoingLiteral } from './command.ts'
import { refused, unstorable } from './errors.ts'
import { storableFlags } from './flag-sets.ts'
import { formatInternalDate } from './internal-date.ts'
import type { Selection, Session } from './session.ts'
import type { Completion } from './status-text.ts'

/** How one APPEND ended. */
export type AppendEnd = { readonly uid: number } | { readonly error: Error } | 'stored'

/** Sends a batch, all of it in flight at once. `stored` stands where the server kept the UID to itself. */
export function appendAll(
  session: Session,
  name: string,
  selection: Selection,
  batch: readonly OutgoingMessage[],
): Promise<AppendEnd[]> {
  return Promise.all(batch.map((message) => appendOne(session, name, selection, message)))
}

async function appendOne(
  session: Session,
  name: string,
  selection: Selection,
  message: OutgoingMessage,
): Promise<AppendEnd> {
  const limit = appendLimit(session)
  if (message.body.size > limit) {
    return { error: unstorable(`it has ${message.body.size} octets, and this server takes ${limit}`) }
  }
  const sent = writeAppend(session, name, selection, message)
  if (sent instanceof Error) return { error: sent }
  const end = await session.connection.ask(sent)
  if (end.status !== 'OK') return { error: refused('to store a message', end, 'message') }
  return appendedUid(end, selection) ?? 'stored'
}

function writeAppend(
  session: Session,
  name: string,
  { storable }: Selection,
  message: OutgoingMessage,
): Command | Error {
  const { body, flags, receivedAt } = message
  const takesNul = session.offers('BINARY')
  const whole = body.size <= wholeBodyLimit
  if (whole && body.head.length !== body.size) {
    return unstorable(`${body.head.length} of its ${body.size} octets are there`)
  }
  const hasNul = whole && body.head.includes(0)
  // RFC 9051, 9: a literal may hold any octet but 0. What servers do with one anyway is anybody's guess.
  if (hasNul && !takesNul) return unstorable('it holds octets of value 0, which this server has no way to take')
  const literal: OutgoingLiteral = {
    size: body.size,
    octets: whole ? body.head : () => body.stream(),
    binary: takesNul && (hasNul || !whole),
  }
  const kept = storableFlags(flags, storable)
  const date = receivedAt && formatInternalDate(receivedAt)
  const list = kept.length > 0 ? ` (${kept.join(' ')})` : ''
  return command('APPEND ', argument(name), `${list}${date ? ` "${date}"` : ''} `, literal)
}

/** RFC 4315, 3: APPENDUID names the folder's epoch, then the UID. */
function appendedUid(end: Completion, { uidValidity }: Selection): { readonly uid: number } | undefined {
  const match = end.code === 'APPENDUID' ? /^(\d+) (\d+)$/.exec(end.argument) : null
  return match && Number(match[1]) === uidValidity ? { uid: Number(match[2]) } : undefined
}

/** RFC 7889: the largest message that the server takes. */
function appendLimit({ connection }: Session): number {
  for (const capability of connection.capabilities) {
    if (capability.startsWith('APPENDLIMIT=')) return Number(capability.slice('APPENDLIMIT='.length))
  }
  return Number.POSITIVE_INFINITY
}
