import { type OutgoingMessage, wholeBodyLimit } from '@mailtide/contracts'
import { argument, type Command, command, type OutgoingLiteral } from './command.ts'
import { isThrottled, refused, unstorable } from './errors.ts'
import { storableFlags } from './flag-sets.ts'
import { formatInternalDate } from './internal-date.ts'
import type { Selection, Session } from './session.ts'
import type { Completion } from './status-text.ts'
import { parseUidRanges } from './uid-set.ts'

/** How one APPEND ended; `stored` where the server kept the UID to itself. */
export type AppendEnd = { readonly uid: number } | { readonly error: Error } | 'stored'

/** Where and how messages are stored. */
export interface AppendPlace {
  readonly session: Session
  readonly name: string
  readonly selection: Selection
  /** Called when the server tells on this connection that the folder has grown (RFC 9051, 6.3.12: it should). */
  announced(): void
  /** Which of these messages have arrived after all, under which UIDs. */
  find(tokens: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** A message as part of an APPEND command. */
interface Enclosed {
  readonly message: OutgoingMessage
  readonly parts: Command
  readonly whole: boolean
}

const groupMessages = 64
const groupOctets = 4 * 1024 * 1024

/**
 * Sends a batch, all of it in flight at once: many messages a command where the server takes that (MULTIAPPEND, RFC
 * 3502, which spares Dovecot a transaction a message), else one. Answers in the order of the batch.
 */
export async function appendAll(place: AppendPlace, batch: readonly OutgoingMessage[]): Promise<AppendEnd[]> {
  const ends = new Map<OutgoingMessage, AppendEnd>()
  const enclosed: Enclosed[] = []
  for (const message of batch) {
    const parts = encloseMessage(place, message)
    if (parts instanceof Error) ends.set(message, { error: parts })
    else enclosed.push({ message, parts, whole: message.body.size <= wholeBodyLimit })
  }
  await Promise.all(groupsOf(place.session, enclosed).map((group) => appendGroup(place, group, ends)))
  return batch.map((message) => ends.get(message)!)
}

/** Groups for one command apiece; what is streamed goes alone, and so does all where literals have to be waited for. */
function groupsOf(session: Session, enclosed: readonly Enclosed[]): Enclosed[][] {
  const groups: Enclosed[][] = []
  const isMany = session.offers('MULTIAPPEND') && session.offers('LITERAL+')
  let octets = 0
  for (const each of enclosed) {
    const last = groups[groups.length - 1]
    const { size } = each.message.body
    const fits = last?.[0]?.whole && each.whole && last.length < groupMessages && octets + size <= groupOctets
    if (isMany && last && fits) {
      last.push(each)
      octets += size
    } else {
      groups.push([each])
      octets = size
    }
  }
  return groups
}

async function appendGroup(
  place: AppendPlace,
  group: readonly Enclosed[],
  ends: Map<OutgoingMessage, AppendEnd>,
): Promise<void> {
  const parts = group.flatMap((each) => each.parts)
  const end = await place.session.connection.ask(command('APPEND ', argument(place.name), ...parts), {
    hear({ kind }) {
      if (kind === 'EXISTS') place.announced()
      return false
    },
  })
  if (end.status === 'OK') {
    const uids = appendedUids(end, place.selection, group.length)
    for (const [index, { message }] of group.entries()) {
      const uid = uids?.[index]
      ends.set(message, uid === undefined ? 'stored' : { uid })
    }
  } else if (group.length === 1 || isThrottled(end)) {
    for (const { message } of group) ends.set(message, { error: refused('to store a message', end, 'message') })
  } else await appendApart(place, group, ends)
}

/** One message of a group was refused, and with it the group. None of it should be there; what is, is not sent again. */
async function appendApart(
  place: AppendPlace,
  group: readonly Enclosed[],
  ends: Map<OutgoingMessage, AppendEnd>,
): Promise<void> {
  const found = await place.find(group.map(({ message }) => message.token))
  await Promise.all(
    group.map(async (each) => {
      const uid = found.get(each.message.token)
      if (uid === undefined) await appendGroup(place, [each], ends)
      else ends.set(each.message, { uid })
    }),
  )
}

function encloseMessage({ session, selection }: AppendPlace, message: OutgoingMessage): Command | Error {
  const { body, flags, receivedAt } = message
  const limit = appendLimit(session)
  if (body.size > limit) return unstorable(`it has ${body.size} octets, and this server takes ${limit}`)
  const whole = body.size <= wholeBodyLimit
  if (whole && body.head.length !== body.size) {
    return unstorable(`${body.head.length} of its ${body.size} octets are there`)
  }
  // RFC 9051, 9: a literal may hold any octet but 0. What servers do with one anyway is anybody's guess.
  const hasNul = whole && body.head.includes(0)
  if (hasNul && !session.offers('BINARY')) {
    return unstorable('it holds octets of value 0, which this server has no way to take')
  }
  // RFC 3516, 4.3: what comes as literal8 may be encoded anew where it says "binary", and Dovecot does so.
  if (hasNul && saysBinary(body.head)) {
    return unstorable('it holds octets of value 0 in a binary part, which servers encode anew')
  }
  const literal: OutgoingLiteral = { size: body.size, octets: whole ? body.head : () => body.stream(), binary: hasNul }
  const kept = storableFlags(flags, selection.storable)
  const date = receivedAt && formatInternalDate(receivedAt)
  const list = kept.length > 0 ? ` (${kept.join(' ')})` : ''
  return [`${list}${date ? ` "${date}"` : ''} `, literal]
}

function saysBinary(message: Uint8Array): boolean {
  return /^content-transfer-encoding:[ \t\r\n]*binary/im.test(Buffer.from(message).toString('latin1'))
}

/** RFC 4315, 3: APPENDUID names the folder's epoch, then the UIDs in the order of the messages. */
function appendedUids(end: Completion, { uidValidity }: Selection, count: number): number[] | undefined {
  const match = end.code === 'APPENDUID' ? /^(\d+) ([\d:,]+)$/.exec(end.argument) : null
  if (!match || Number(match[1]) !== uidValidity) return undefined
  const ranges = parseUidRanges(match[2]!)
  const uids: number[] = []
  for (let index = 0; index < ranges.length; index += 2) {
    for (let uid = ranges[index]!; uid <= ranges[index + 1]! && uids.length <= count; uid++) uids.push(uid)
  }
  return uids.length === count ? uids : undefined
}

/** RFC 7889: the largest message that the server takes. */
function appendLimit({ connection, server }: Session): number {
  for (const capability of connection.capabilities) {
    if (capability.startsWith('APPENDLIMIT=')) return Number(capability.slice('APPENDLIMIT='.length))
  }
  return server.habits.appendLimit ?? Number.POSITIVE_INFINITY
}
