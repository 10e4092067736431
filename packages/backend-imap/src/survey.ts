import type { Cursor, FolderPath, FolderRole, FolderSurvey } from '@mailtide/contracts'
import { argument, command } from './command.ts'
import type { Listener } from './connection.ts'
import { noFolders, noSubscriptions, refused } from './errors.ts'
import type { FolderNames } from './folder-names.ts'
import { isUnchanged, type Position } from './position.ts'
import {
  type Reader,
  readAtom,
  readFlatList,
  readNumber,
  readText,
  skipSpaces,
  skipValue,
  takeClose,
  takeOpen,
} from './reader.ts'
import type { Session } from './session.ts'
import { untoldLabelsOf } from './untold-labels.ts'

/** One line of LIST. */
export interface ListedFolder {
  /** As octets in latin1. */
  readonly name: string
  readonly separator: string | undefined
  /** In lower case. */
  readonly attributes: ReadonlySet<string>
}

/** What STATUS told; what it left out is 0. */
export type FolderState = Position & { readonly uidValidity: number }

/** What {@link listFolders} found. */
export interface FolderList {
  readonly folders: readonly ListedFolder[]
  readonly states: ReadonlyMap<string, FolderState>
}

const roles: readonly (readonly [string, FolderRole])[] = [
  ['\\sent', 'sent'],
  ['\\drafts', 'drafts'],
  ['\\trash', 'trash'],
  ['\\junk', 'junk'],
  ['\\archive', 'archive'],
  ['\\all', 'all'],
  ['\\flagged', 'flagged'],
]

/** Which folders are asked for. */
export interface ListRequest {
  readonly host: string
  /** The first argument of LIST, as octets. */
  readonly reference: string
  readonly subscribedOnly: boolean
}

/** Lists the folders that can hold mail, with their STATUS if the server gives both at once (RFC 5819). */
export async function listFolders(session: Session, request: ListRequest): Promise<FolderList> {
  const { host, subscribedOnly } = request
  const { connection } = session
  const folders: ListedFolder[] = []
  // LSUB knows names alone, also of what is gone: LIST tells what they are (RFC 3501, 6.3.9).
  const isExtended = session.offers('LIST-EXTENDED') || session.offers('IMAP4REV2')
  const subscribed = subscribedOnly && !isExtended ? listSubscribed(session, request) : undefined
  const states = new Map<string, FolderState>()
  const listener: Listener = {
    hear({ kind, reader }) {
      if (kind === 'LIST') {
        const folder = readListed(reader)
        if (folder?.name) folders.push(folder)
      } else if (kind === 'STATUS') readStatus(reader, states)
      else return false
      return true
    },
  }
  const ask = (returned: string) =>
    connection.ask(
      command(
        subscribedOnly && isExtended ? 'LIST (SUBSCRIBED) ' : 'LIST ',
        argument(request.reference),
        ` "*"${returned}`,
      ),
      listener,
    )
  const special = session.offers('SPECIAL-USE') ? 'SPECIAL-USE ' : ''
  const returned = session.offers('LIST-STATUS') ? ` RETURN (${special}STATUS ${statusItems(session)})` : ''
  const [first, names] = await Promise.all([ask(returned), subscribed])
  let end = first
  if (end.status !== 'OK' && returned !== '') {
    folders.length = 0
    end = await ask('')
  }
  if (end.status !== 'OK') throw refused('to list folders', end, 'account')
  const found = names ? folders.filter(({ name }) => names.has(name)) : folders
  if (found.length === 0) throw subscribedOnly ? noSubscriptions(host) : noFolders(host, request.reference)
  return { folders: found.filter(holdsMail), states }
}

async function listSubscribed({ connection }: Session, { reference }: ListRequest): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  await connection.run('to list subscriptions', command('LSUB ', argument(reference), ' "*"'), {
    hear({ kind, reader }) {
      const folder = kind === 'LSUB' ? readListed(reader) : undefined
      if (folder) names.add(folder.name)
      return kind === 'LSUB'
    },
  })
  return names
}

/** Which folders there are, and which may have changed since their cursors. */
export async function surveyFolders(
  session: Session,
  list: FolderList,
  known: ReadonlyMap<FolderPath, Cursor>,
  names: FolderNames,
  quick: boolean,
): Promise<ReadonlyMap<FolderPath, { readonly folder: ListedFolder; readonly survey: FolderSurvey }>> {
  const paths = new Map<FolderPath, ListedFolder>()
  for (const folder of list.folders) {
    const path = names.toPath(folder.name, folder.separator)
    if (!paths.has(path)) paths.set(path, folder)
  }
  const states = new Map(list.states)
  const unasked = [...paths].filter(([path, { name }]) => known.has(path) && !states.has(name))
  await askStatus(
    session,
    unasked.map(([, { name }]) => name),
    states,
  )
  const found = new Map<FolderPath, { folder: ListedFolder; survey: FolderSurvey }>()
  for (const [path, folder] of paths) {
    const cursor = known.get(path)
    const state = states.get(folder.name)
    const mayHaveChanged = !cursor || !state || !isUnchanged(cursor, state, quick)
    const role = roleOf(folder)
    const untoldLabels = session.labelsHeader === undefined ? undefined : untoldLabelsOf(folder)
    const survey = { path, mayHaveChanged, ...(role && { role }), ...(untoldLabels && { untoldLabels }) }
    found.set(path, { folder, survey })
  }
  return found
}

/** STATUS for each folder, all in flight at once. One that is refused stays without an answer. */
async function askStatus(
  session: Session,
  folders: readonly string[],
  states: Map<string, FolderState>,
): Promise<void> {
  const listener: Listener = {
    hear({ kind, reader }) {
      if (kind === 'STATUS') readStatus(reader, states)
      return kind === 'STATUS'
    },
  }
  const items = statusItems(session)
  await Promise.all(
    folders.map((name) => session.connection.ask(command('STATUS ', argument(name), ` ${items}`), listener)),
  )
}

/** What STATUS is asked for. */
export function statusItems({ condstore }: Session): string {
  return condstore ? '(MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)' : '(MESSAGES UIDNEXT UIDVALIDITY)'
}

/** Reads `(attributes) "separator" name`. */
export function readListed(reader: Reader): ListedFolder | undefined {
  const attributes = new Set((readFlatList(reader) ?? '').toLowerCase().split(' ').filter(Boolean))
  const separator = readText(reader)
  const name = readText(reader)
  if (name === undefined) return undefined
  return { name: name.toUpperCase() === 'INBOX' ? 'INBOX' : name, separator, attributes }
}

/** Reads `name (item value …)`. */
export function readStatus(reader: Reader, states: Map<string, FolderState>): void {
  const name = readText(reader)
  if (!name || !takeOpen(reader)) return
  let messages = 0
  let uidNext = 0
  let uidValidity = 0
  let highestModseq = '0'
  while (!takeClose(reader)) {
    const item = readAtom(reader).toUpperCase()
    skipSpaces(reader)
    if (item === 'MESSAGES') messages = readNumber(reader)
    else if (item === 'UIDNEXT') uidNext = readNumber(reader)
    else if (item === 'UIDVALIDITY') uidValidity = readNumber(reader)
    else if (item === 'HIGHESTMODSEQ') highestModseq = readAtom(reader)
    else skipValue(reader)
  }
  states.set(name.toUpperCase() === 'INBOX' ? 'INBOX' : name, { messages, uidNext, uidValidity, highestModseq })
}

function holdsMail({ attributes }: ListedFolder): boolean {
  return !attributes.has('\\noselect') && !attributes.has('\\nonexistent')
}

function roleOf({ name, attributes }: ListedFolder): FolderRole | undefined {
  if (name === 'INBOX') return 'inbox'
  return roles.find(([attribute]) => attributes.has(attribute))?.[1]
}
