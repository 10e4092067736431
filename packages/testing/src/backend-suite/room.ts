import {
  type Appended,
  type Changes,
  type FlagSet,
  type Folder,
  type FolderAccess,
  type FolderPath,
  type IncomingMessage,
  type KnownMessages,
  type MessageId,
  type MessageSummary,
  messageId,
  noFlags,
  type OutgoingMessage,
  type Repository,
} from '@mailtide/contracts'
import { bytesOf } from '@mailtide/message-bytes'
import { expect, it, onTestFinished, type TestContext } from 'vitest'
import { bodyAsRead, type Mail } from '../mail.ts'
import type { BackendFeature, BackendSuite, BackendUnderTest } from './backend-under-test.ts'

/** The folder that most tests of the suite play in. */
export const work = 'Work' as FolderPath

/** A signal that is never given. */
export const signal: AbortSignal = new AbortController().signal

/** A backend set up for one test, with short ways to do what most tests do. */
export interface Room {
  readonly backend: BackendUnderTest
  readonly repository: Repository
  /** Creates a folder where it is missing and opens it; it is closed with the test. */
  open(path?: FolderPath, access?: FolderAccess): Promise<Folder>
  /** The same for one deed; afterwards the folder is closed again. */
  visit<T>(deed: (folder: Folder) => Promise<T>, path?: FolderPath): Promise<T>
}

/** A test of the suite: skipped with the reason where the backend is not there, or lacks what it needs. */
export function backendTest(
  suite: BackendSuite,
  name: string,
  test: (room: Room, context: TestContext) => Promise<unknown>,
  ...needs: readonly BackendFeature[]
): void {
  it(name, async (context) => {
    const availability = (await suite.availability?.()) ?? { ok: true }
    if (!availability.ok) return context.skip(availability.reason)
    const lacking = needs.map((feature) => suite.lacks?.[feature]).find((reason) => reason !== undefined)
    if (lacking !== undefined) return context.skip(lacking)
    await test(await enter(suite), context)
  })
}

async function enter(suite: BackendSuite): Promise<Room> {
  const backend = await suite.create()
  const { repository } = backend
  onTestFinished(() => backend.close())
  await repository.establish?.(signal)
  const open = async (path = work, access: FolderAccess = 'select') => {
    await repository.createFolder(path, signal)
    const folder = await repository.open(path, access, signal)
    onTestFinished(() => folder.close())
    return folder
  }
  return {
    backend,
    repository,
    open,
    async visit(deed, path) {
      const folder = await open(path)
      const result = await deed(folder)
      await folder.close()
      return result
    },
  }
}

/** A message of a short text. */
export function mailOf(text: string | Uint8Array, flags: FlagSet = noFlags): Mail {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text
  return { bytes, flags, receivedAt: new Date('2024-02-29T12:34:56Z') }
}

/** A message with a header and nothing else, for tests that don't care. */
export function mailAbout(subject: string, flags: FlagSet = noFlags): Mail {
  return mailOf(`Subject: ${subject}\r\n\r\n`, flags)
}

/** A message as the other side's `read` would hand it over. */
export function incoming(mail: Mail, serial = 0): IncomingMessage {
  const { flags, receivedAt } = mail
  return { id: messageId(`source-${serial}`), flags, receivedAt, body: bodyAsRead(mail.bytes) }
}

/** Messages with their tokens, ready to be appended. */
export async function prepared(folder: Folder, mails: readonly Mail[]): Promise<OutgoingMessage[]> {
  const messages = mails.map(incoming)
  const tokens = await folder.prepare(messages, signal)
  expect(tokens).toHaveLength(messages.length)
  return messages.map((message, index) => ({ ...message, token: tokens[index] ?? '' }))
}

/** Appends, and answers the ids; an outcome that is an error is thrown. */
export async function append(folder: Folder, ...mails: readonly Mail[]): Promise<MessageId[]> {
  return idsOf(await folder.append(await prepared(folder, mails), signal))
}

/** The ids of appends that all went well. */
export function idsOf(outcomes: readonly Appended[]): MessageId[] {
  return outcomes.map((outcome) => {
    if ('error' in outcome) throw outcome.error
    return outcome.id
  })
}

/** What `read` brings, by id; a message that cannot be read is thrown. */
export async function read(folder: Folder, ids: readonly MessageId[]): Promise<Map<MessageId, Mail>> {
  const found = new Map<MessageId, Mail>()
  for await (const message of folder.read(ids, signal)) {
    if ('error' in message) throw message.error
    expect(found.has(message.id), `${message.id} was read twice`).toBe(false)
    const bytes = await bytesOf(message.body)
    expect(message.body.size).toBe(bytes.length)
    found.set(message.id, { bytes, flags: message.flags, receivedAt: message.receivedAt ?? new Date(Number.NaN) })
  }
  return found
}

/** A message's bytes as text, octet by octet. */
export function textOf(mail: Mail | undefined): string {
  return Buffer.from(mail?.bytes ?? []).toString('latin1')
}

/** Everything there is, by id. */
export async function list(folder: Folder): Promise<Map<MessageId, MessageSummary>> {
  return followed(new Map(), await folder.changes(undefined, knownOf([]), signal))
}

/** The flags of everything there is, by id. */
export async function flagsIn(folder: Folder): Promise<Map<MessageId, FlagSet>> {
  return new Map([...(await list(folder))].map(([id, { flags }]) => [id, flags]))
}

/** What was known, brought up to date by changes of either kind. */
export function followed(
  known: ReadonlyMap<MessageId, MessageSummary>,
  changes: Changes,
): Map<MessageId, MessageSummary> {
  const now = changes.kind === 'full' ? new Map<MessageId, MessageSummary>() : new Map(known)
  for (const id of changes.kind === 'full' ? [] : changes.vanished) {
    expect(known.has(id), `${id} vanished, but was not known`).toBe(true)
    now.delete(id)
  }
  for (const summary of changes.kind === 'full' ? changes.messages : changes.changed) {
    const labels = summary.labels ?? known.get(summary.id)?.labels
    now.set(summary.id, labels ? { ...summary, labels } : summary)
  }
  return now
}

/** Ids as a backend is shown them. */
export function knownOf(ids: Iterable<MessageId>): KnownMessages {
  const known = new Set(ids)
  return { count: known.size, has: (id) => known.has(id), ids: () => known }
}
