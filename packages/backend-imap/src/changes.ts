import type { Changes, Cursor, FolderAccess, KnownMessages, MessageId } from '@mailtide/contracts'
import type { Untagged } from './connection.ts'
import { incompleteList, protocolError, refused } from './errors.ts'
import { createFlagTable, type FlagTable } from './flag-table.ts'
import { formatPosition, type Position, parsePosition } from './position.ts'
import { takeOpen } from './reader.ts'
import { searchUids } from './search.ts'
import type { FolderNews, Selection, Session } from './session.ts'
import type { Completion } from './status-text.ts'
import { countInRanges, idOf, isInRanges, parseUidRanges, setsFor, splitUids, uidOf } from './uid-set.ts'

/** The folder that is asked about. */
export interface Mailbox {
  readonly session: Session
  readonly name: string
  readonly access: FolderAccess
}

/** Rows and disappearances heard while one or two commands ran. */
interface Heard extends FolderNews {
  readonly table: FlagTable
  /** Sets of UIDs from VANISHED. */
  readonly vanished: string[]
  /** Messages in the folder, as told since SELECT; -1 if that was not told. */
  exists: number
}

/**
 * Selects the folder and lists what changed, by the best means that the server has: QRESYNC, CONDSTORE, or the flags of
 * all messages. Selecting and listing are one round trip. The cursor is what SELECT told, before the listing: what
 * happens meanwhile is told again next time.
 */
export async function listChanges(box: Mailbox, since: Cursor | undefined, known: KnownMessages): Promise<Changes> {
  const position = since && parsePosition(since.position)
  const isUsable = since && Number(since.epoch) > 0 && Number(since.epoch) <= 0xffff_ffff
  if (!isUsable || !position || position.highestModseq === '0') return listAll(box, known)
  const { session } = box
  if (session.qresync) {
    const heard = createHeard(session)
    const parameters = ` (QRESYNC (${Number(since.epoch)} ${position.highestModseq}))`
    const end = await session.select(box.name, box.access, parameters, heard)
    if (end.status === 'OK') return deltaOrAll(box, since, position, heard, known)
    if (end.status === 'NO') throw refused(`to open ${box.name}`, end, 'folder')
    session.forgoQresync()
  }
  if (!session.condstore) return listAll(box, known)
  const heard = createHeard(session)
  const fetch = `UID FETCH 1:* ${itemsOf(session)} (CHANGEDSINCE ${position.highestModseq})`
  const end = await selectAndFetch(box, ' (CONDSTORE)', fetch, heard)
  return end.status === 'OK' ? deltaOrAll(box, since, position, heard, known) : listAll(box, known)
}

/** A delta if the cursor still holds; it is believed if the number of messages bears it out, and mended if not. */
async function deltaOrAll(
  box: Mailbox,
  since: Cursor,
  then: Position,
  heard: Heard,
  known: KnownMessages,
): Promise<Changes> {
  const selection = selectionOf(box)
  if (String(selection.uidValidity) !== since.epoch || selection.highestModseq === '0') return listAll(box, known)
  const { table } = heard
  let vanished = vanishedOf(heard, known)
  const vanishedOld = vanished.filter((id) => uidOf(id)! < then.uidNext).length
  const isConfirmed = vanished.length === 0 || !box.session.server.habits.confirmDeletions
  const isBorneOut = then.messages - vanishedOld + table.countFrom(then.uidNext) === messagesNow(selection, heard)
  if (!isBorneOut || !isConfirmed) {
    const present = await searchUids(box.session, 'ALL')
    await fetchMissing(box, table, present, then.uidNext)
    vanished = absentFrom(present, known)
  } else if (!box.session.qresync) {
    // The count says nothing of what was stored and removed again since the cursor, by ourselves for one.
    for (const id of known.ids()) if (uidOf(id)! >= then.uidNext && !table.has(uidOf(id)!)) vanished.push(id)
  }
  return { kind: 'delta', cursor: cursorOf(selection, table), changed: table, vanished }
}

/** All messages and their flags. If some seem to be missing, the server is asked again before anyone deletes them. */
async function listAll(box: Mailbox, known: KnownMessages): Promise<Changes> {
  const heard = createHeard(box.session)
  // Some servers count modification sequences only once they have been asked to.
  const parameters = box.session.condstore && !box.session.qresync ? ' (CONDSTORE)' : ''
  const end = await selectAndFetch(box, parameters, `UID FETCH 1:* ${itemsOf(box.session)}`, heard)
  const selection = selectionOf(box)
  const { table } = heard
  // Some servers have no words but NO for the messages of an empty folder.
  if (end.status !== 'OK' && selection.exists > 0) throw refused(`to list ${box.name}`, end, 'folder')
  const { confirmDeletions = false } = box.session.server.habits
  if (table.length < messagesNow(selection, heard) || (confirmDeletions && isAnyAbsent(table, known))) {
    const present = await searchUids(box.session, 'ALL')
    await fetchMissing(box, table, present, 0)
    const isUnlisted = (uid: number) => isInRanges(present, uid) && !table.has(uid)
    for (const id of known.ids()) if (isUnlisted(uidOf(id) ?? 0)) throw incompleteList(box.name)
  }
  return { kind: 'full', cursor: cursorOf(selection, table), messages: table }
}

/** SELECT and a FETCH behind it, in one round trip. Answers how the FETCH ended. */
async function selectAndFetch(box: Mailbox, parameters: string, fetch: string, heard: Heard): Promise<Completion> {
  const { session, name, access } = box
  const [selected, fetched] = await Promise.all([
    session.select(name, access, parameters),
    session.connection.ask([fetch], { hear: heard.hear }),
  ])
  if (selected.status !== 'OK') throw refused(`to open ${name}`, selected, 'folder')
  return fetched
}

/** Lists the flags of messages that are there but were not told of. */
async function fetchMissing(box: Mailbox, table: FlagTable, present: readonly number[], from: number): Promise<void> {
  const missing: number[] = []
  for (let index = 0; index < present.length; index += 2) {
    for (let uid = Math.max(from, present[index]!); uid <= present[index + 1]!; uid++) {
      if (!table.has(uid)) missing.push(uid)
    }
  }
  const heard = createHeard(box.session, table)
  await Promise.all(
    splitUids(missing, setsFor(box.session.server, 0)).map(({ text }) =>
      box.session.connection.run(`to list ${box.name}`, [`UID FETCH ${text} ${itemsOf(box.session)}`], {
        hear: heard.hear,
      }),
    ),
  )
}

function itemsOf({ labelsHeader }: Session): string {
  return labelsHeader === undefined ? '(UID FLAGS)' : '(UID FLAGS X-GM-LABELS)'
}

function createHeard({ readRow }: Session, table: FlagTable = createFlagTable()): Heard {
  const heard: Heard = {
    table,
    vanished: [],
    exists: -1,
    hear,
    restart() {
      table.clear()
      heard.vanished.length = 0
    },
  }
  return heard

  function hear({ kind, number, reader }: Untagged): boolean {
    if (kind === 'FETCH') {
      const row = readRow(reader)
      if (row.uid > 0 && row.flags) table.add(row.uid, row.flags, row.labels)
    } else if (kind === 'VANISHED') {
      const isEarlier = takeOpen(reader)
      const set = reader.text.slice(isEarlier ? reader.text.indexOf(')', reader.at) + 1 : reader.at)
      heard.vanished.push(set)
    } else if (kind === 'EXISTS') heard.exists = number
    else return false
    return true
  }
}

/** Known messages that VANISHED named, unless they were told of as well. */
function vanishedOf({ vanished, table }: Heard, known: KnownMessages): MessageId[] {
  const ranges = parseUidRanges(vanished.join(','))
  // A server that forgot what it expunged names every UID that it doesn't have, so the shorter list is walked.
  const ids = countInRanges(ranges) < known.count ? idsIn(ranges) : known.ids()
  const gone: MessageId[] = []
  for (const id of ids) {
    const uid = uidOf(id) ?? 0
    if (known.has(id) && isInRanges(ranges, uid) && !table.has(uid)) gone.push(id)
  }
  return gone
}

function* idsIn(ranges: readonly number[]): Generator<MessageId> {
  for (let index = 0; index < ranges.length; index += 2) {
    for (let uid = ranges[index]!; uid <= ranges[index + 1]!; uid++) yield idOf(uid)
  }
}

function isAnyAbsent(table: FlagTable, known: KnownMessages): boolean {
  for (const id of known.ids()) if (!table.has(uidOf(id) ?? 0)) return true
  return false
}

function absentFrom(present: readonly number[], known: KnownMessages): MessageId[] {
  const absent: MessageId[] = []
  for (const id of known.ids()) if (!isInRanges(present, uidOf(id) ?? 0)) absent.push(id)
  return absent
}

function messagesNow(selection: Selection, { exists }: Heard): number {
  return exists === -1 ? selection.exists : exists
}

function selectionOf({ session, name }: Mailbox): Selection {
  if (session.selected?.name !== name) throw protocolError('SELECT without a folder')
  return session.selected.selection
}

function cursorOf({ uidValidity, uidNext, exists, highestModseq }: Selection, table: FlagTable): Cursor {
  const position = { uidNext: uidNext || table.largestUid + 1, messages: exists, highestModseq }
  return { epoch: String(uidValidity), position: formatPosition(position) }
}
