import type { FolderAccess } from '@mailtide/contracts'
import { argument, type Command, command } from './command.ts'
import { type Connection, createConnection, type Listener, type Untagged } from './connection.ts'
import { openDoor } from './door.ts'
import { createFetchReader, type FetchRow } from './fetch-row.ts'
import { createFlagReader, parsePermanentFlags, type StorableFlags } from './flag-sets.ts'
import type { ImapOptions } from './options.ts'
import type { Patience } from './patience.ts'
import { isAtEnd, type Reader, readText, takeClose, takeOpen } from './reader.ts'
import type { KnownServer } from './server-habits.ts'
import { type Completion, parseStatus } from './status-text.ts'
import type { Trust } from './trust.ts'

/** What SELECT or EXAMINE told of a folder (RFC 9051, 6.3.2). */
export interface Selection {
  readonly uidValidity: number
  /** 0 where the server doesn't tell. */
  readonly uidNext: number
  readonly exists: number
  /** `0` where the folder keeps no modification sequences (RFC 7162, 3.1.2). Up to 63 bits, so a text. */
  readonly highestModseq: string
  readonly readOnly: boolean
  readonly storable: StorableFlags
}

/** A folder as it was last selected on a connection. */
export interface Selected {
  readonly name: string
  readonly access: FolderAccess
  readonly selection: Selection
}

/** Hears what SELECT with QRESYNC tells of messages. */
export interface FolderNews {
  readonly hear: NonNullable<Listener['hear']>
  /** What was heard so far was about the folder selected before (RFC 7162, 3.2.11: CLOSED). */
  restart(): void
}

/** A connection with what has been agreed and selected on it. */
export interface Session {
  readonly connection: Connection
  /** What is known of the server. */
  readonly server: KnownServer
  readonly selected: Selected | undefined
  /** Whether `SELECT … (QRESYNC …)` may be used (RFC 7162, 3.2.5). */
  readonly qresync: boolean
  /** In which header other stores keep labels; undefined where labels are of no interest, or the server has none. */
  readonly labelsHeader: string | undefined
  /** Whether the server keeps modification sequences. */
  readonly condstore: boolean
  offers(capability: string): boolean
  /** Reads flags; shared by all that happens on this connection. */
  readonly readFlags: ReturnType<typeof createFlagReader>
  /** Reads a FETCH response; the row is filled anew each time. */
  readonly readRow: (reader: Reader) => FetchRow
  /** Selects a folder. `parameters` is what stands behind the name; `news` hears what else is told of the folder. */
  select(name: string, access: FolderAccess, parameters: string, news?: FolderNews): Promise<Completion>
  /**
   * Leaves the folder without expunging anything. STATUS of a folder that is selected tells what this connection has
   * seen of it, not what is there.
   */
  deselect(): void
  /**
   * Lets this connection see what others did. Has to be waited for: Dovecot gives the news of a NOOP to the command
   * behind it.
   */
  refresh(): Promise<void>
  /** QRESYNC proved not to work here. */
  forgoQresync(): void
}

const slowness = 5

/** What the connections of an account share. */
export interface SessionSurroundings {
  readonly trust: Trust
  readonly server: KnownServer
  readonly patience: Patience
}

/** Logs in, and agrees on extensions in the same breath as whatever is asked first. */
export async function openSession(
  options: ImapOptions,
  { trust, server, patience }: SessionSurroundings,
  signal: AbortSignal,
): Promise<Session> {
  const { wire, capabilities, greeting } = await openDoor(options, trust, signal)
  server.learn({ greeting, capabilities })
  const connection = createConnection(wire, {
    host: options.host,
    capabilities: new Set([...capabilities].filter((name) => !server.avoids(name))),
    timeout: (options.timeout ?? 60) * (server.habits.slow ? slowness : 1),
    trace: options.trace,
    patience: patience.hear,
  })
  return createSession(connection, server, options)
}

function createSession(connection: Connection, server: KnownServer, { labels }: ImapOptions): Session {
  const readFlags = createFlagReader()
  let selected: Selected | undefined
  let qresync = false
  // Google's "Access to the Gmail labels: X-GM-LABELS".
  const labelsHeader = offers('X-GM-EXT-1') ? labels?.header : undefined
  // Servers of NetEase and Tencent let no one SELECT who has not said who he is after the login.
  if (offers('ID')) pipeline(['ID ("name" "mailtide")'], { hear: hearId })
  // RFC 7162, 3.2.5: what SELECT tells with QRESYNC are flags, never labels.
  if (offers('QRESYNC') && offers('ENABLE') && labelsHeader === undefined) {
    qresync = true
    pipeline(['ENABLE QRESYNC'])
  }

  return {
    connection,
    server,
    labelsHeader,
    readFlags,
    readRow: createFetchReader(readFlags),
    offers,
    get selected() {
      return selected
    },
    get qresync() {
      return qresync && offers('QRESYNC')
    },
    get condstore() {
      return offers('CONDSTORE') || offers('QRESYNC')
    },
    deselect() {
      if (!selected) return
      const { name } = selected
      selected = undefined
      // CLOSE would expunge. A folder examined anew stays selected, but is seen as it is now.
      pipeline(offers('UNSELECT') ? ['UNSELECT'] : command('EXAMINE ', argument(name)))
    },
    async refresh() {
      await connection.run('NOOP', ['NOOP'])
    },
    forgoQresync() {
      qresync = false
    },
    async select(name, access, parameters, news) {
      selected = undefined
      const facts = createSelectionFacts(news)
      const verb = access === 'examine' ? 'EXAMINE ' : 'SELECT '
      const end = await connection.ask(command(verb, argument(name), parameters), { hear: facts.hear })
      if (end.status === 'OK') selected = { name, access, selection: facts.selection(end, access) }
      return end
    },
  }

  function offers(capability: string): boolean {
    return connection.capabilities.has(capability) && !server.avoids(capability)
  }

  function hearId({ kind, reader }: Untagged): boolean {
    if (kind === 'ID') server.learn({ id: readId(reader) })
    return kind === 'ID'
  }

  /** Sends what nobody waits for: a lost connection shows itself to the command behind it. */
  function pipeline(line: Command, listener?: Listener): void {
    void Promise.allSettled([connection.ask(line, listener)])
  }
}

/** The fields of an answer to ID (RFC 2971, 3.2): `("name" "Dovecot" "os" NIL)` or `NIL`. */
function readId(reader: Reader): Map<string, string | null> {
  const fields = new Map<string, string | null>()
  if (!takeOpen(reader)) return fields
  while (!isAtEnd(reader) && !takeClose(reader)) {
    const key = readText(reader)
    const value = readText(reader)
    if (key === undefined || key === '') break
    fields.set(key.toLowerCase(), value ?? null)
  }
  return fields
}

/** Gathers what comes between SELECT and its end. */
function createSelectionFacts(news: FolderNews | undefined) {
  const codes = new Map<string, string>()
  let exists = 0
  const hear: NonNullable<Listener['hear']> = (response) => {
    const { kind, number, reader } = response
    if (kind === 'EXISTS') exists = number
    else if (kind === 'OK') {
      const status = parseStatus(`OK${reader.text.slice(reader.at)}`, 0)
      if (status?.code === 'CLOSED') {
        codes.clear()
        exists = 0
        news?.restart()
      } else if (status?.code) codes.set(status.code, status.argument)
    } else if (kind === 'FETCH' || kind === 'VANISHED' || kind === 'EXPUNGE') {
      // Without news it is about the folder selected before, and must not reach the command behind.
      news?.hear(response)
    } else return kind === 'FLAGS' || kind === 'RECENT'
    return true
  }
  const numberOf = (code: string) => Number.parseInt(codes.get(code) ?? '', 10) || 0
  const selection = (end: Completion, access: FolderAccess): Selection => {
    const flags = codes.get('PERMANENTFLAGS')
    return {
      uidValidity: numberOf('UIDVALIDITY'),
      uidNext: numberOf('UIDNEXT'),
      exists,
      highestModseq: /^[1-9]\d{0,18}$/.exec(codes.get('HIGHESTMODSEQ') ?? '')?.[0] ?? '0',
      readOnly: end.code === 'READ-ONLY' && access === 'select',
      storable: flags === undefined ? { listed: undefined, newKeywords: true } : parsePermanentFlags(flags),
    }
  }
  return { hear, selection }
}
