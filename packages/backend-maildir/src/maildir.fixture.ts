import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Changes,
  type Folder,
  type FolderPath,
  type KnownMessages,
  type MessageSummary,
  messageId,
  type OutgoingMessage,
} from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import { temporaryDirectory } from '@mailtide/testing'
import { createMaildirRepository, type MaildirOptions } from './create-maildir-repository.ts'

/** A signal that is never given. */
export const signal = new AbortController().signal

/** The folder that most tests play in, and its `FMD5=`. */
export const inbox = 'INBOX' as FolderPath
export const inboxHash = '7e33429f656f1e6e9d79b29c3f82c57e'

/** An empty tree with a folder INBOX, a clock of its own, and short ways to look at its files. */
export async function createFixture(options: Partial<MaildirOptions> = {}) {
  const root = options.root ?? join(temporaryDirectory(), 'mail')
  const clock = { now: new Date('2030-01-01T00:00:00Z') }
  const maildir = createMaildirRepository({ root, now: () => clock.now, hostName: 'vm', processId: 7, ...options })
  await maildir.establish?.(signal)
  await maildir.createFolder(inbox, signal)
  const folder = await maildir.open(inbox, 'select', signal)
  const at = (...path: string[]) => join(root, ...path)
  return {
    root,
    clock,
    maildir,
    folder,
    at,
    /** The same folder, opened once more. */
    reopened: () => maildir.open(inbox, 'select', signal),
    put: (path: string, content = '') => writeFileSync(at('INBOX', path), content, 'latin1'),
    names: (part: string) => readdirSync(at('INBOX', part)).sort(),
    makeMaildir(path: string) {
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(at(path, part), { recursive: true })
    },
    paths: async () => (await maildir.survey(new Map(), signal)).map(({ path }) => path).sort(),
  }
}

/** Ids as a backend is shown them; `onAsked` runs as soon as it walks them. */
export function knownIds(ids: readonly string[] = [], onAsked = () => {}): KnownMessages {
  const known = ids.map(messageId)
  return {
    count: known.length,
    has: (id) => known.includes(id),
    *ids() {
      onAsked()
      yield* known
    },
  }
}

/** What a listing tells, by id. */
export function summaries(changes: Changes): Map<string, MessageSummary> {
  if (changes.kind === 'delta') throw new Error('a Maildir answers with a full list')
  return new Map([...changes.messages].map((summary) => [summary.id, summary]))
}

/** Everything in a folder, by id. */
export async function list(folder: Folder, known = knownIds()): Promise<Map<string, MessageSummary>> {
  return summaries(await folder.changes(undefined, known, signal))
}

/** The contents of messages, or why they cannot be read, by id. */
export async function texts(folder: Folder, ids: readonly string[]): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for await (const message of folder.read(ids.map(messageId), signal)) {
    found[message.id] =
      'error' in message ? message.error.message : Buffer.from(await bytesOf(message.body)).toString('latin1')
  }
  return found
}

/** A message on its way in. */
export function outgoing(token: string, text: string, flags: readonly string[] = []): OutgoingMessage {
  return { id: messageId('1'), token, flags: new Set(flags), body: bodyOf(Buffer.from(text, 'latin1')) }
}
