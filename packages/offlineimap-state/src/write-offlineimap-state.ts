import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { FlagSet, MessageId } from '@mailtide/contracts'
import { asMailtideError, type MailtideError } from '@mailtide/contracts'
import { type Durability, makeDirectories, replaceFile } from '@mailtide/durable-fs'
import type { OfflineImapAccount, OfflineImapFolder } from './account.ts'
import { asStateError, fileShared, notUid } from './errors.ts'
import { sharedFiles } from './file-names.ts'
import { createFlagLetters, type FlagLetters } from './flag-letters.ts'
import { repositoryFile, statusFiles } from './places.ts'
import { uidOf } from './read-text.ts'
import { formatUidMap } from './uid-map.ts'
import { type EntryToWrite, writeStatus } from './write-status.ts'

/** A pair of folders as a run left it. */
export interface FolderToWrite extends OfflineImapFolder {
  readonly remoteUidValidity: string
  /** Of a local IMAP folder; left out for a Maildir, which has 42 and no UID map. */
  readonly localUidValidity?: string
  /** What both sides have in common; not read from this very state. Walked twice for a local IMAP folder. */
  readonly messages: Iterable<MessageToWrite>
}

/** A message on both sides, with the flags on which they agree. */
export interface MessageToWrite {
  /** Its UID. */
  readonly remote: MessageId
  /** Its UID on a local IMAP server; not looked at for a Maildir. */
  readonly local?: MessageId
  readonly flags: FlagSet
  /** Gmail labels; left out, what OfflineIMAP has noted stays. */
  readonly labels?: readonly string[]
  /** The local file's mtime in whole seconds, beside labels. */
  readonly mtime?: number
}

/** What writing came to. */
export interface WrittenState {
  /** The files that had to be written; none if OfflineIMAP's state was this already. */
  readonly written: readonly string[]
  /** Folders of which nothing, or not all, could be written. */
  readonly failures: readonly { readonly folder: OfflineImapFolder; readonly error: MailtideError }[]
}

/**
 * Writes the state with which OfflineIMAP finds nothing to do. A folder that fails is told, and its neighbours go on.
 * OfflineIMAP must not be running: see {@link offlineImapLock}. Files of other folders are left alone.
 */
export async function writeOfflineImapState(
  account: OfflineImapAccount,
  folders: Iterable<FolderToWrite>,
  options: Durability,
): Promise<WrittenState> {
  const all = [...folders]
  const letters = createFlagLetters(account.keywords)
  const refusals = new Map<OfflineImapFolder, MailtideError>()
  for (const { file, folders } of sharedFiles(all)) {
    const refusal = fileShared(
      file,
      folders.map(({ remoteName }) => remoteName),
    )
    for (const folder of folders) refusals.set(folder, refusal)
  }
  const written: string[] = []
  const failures: { folder: OfflineImapFolder; error: MailtideError }[] = []
  for (const folder of all) {
    try {
      const refusal = refusals.get(folder)
      if (refusal) throw refusal
      for await (const file of writeFolder(account, folder, letters, options)) written.push(file)
    } catch (thrown) {
      failures.push({ folder, error: asMailtideError(thrown, 'folder') })
    }
  }
  return { written, failures }
}

/**
 * Yields what had to be written. The order matters to whoever is cut off between two files: a UID map that is ahead of the
 * status is made good by OfflineIMAP, one that is behind would have it upload messages again; and as long as the old
 * UIDVALIDITY stands, OfflineIMAP says that something is wrong.
 */
async function* writeFolder(
  account: OfflineImapAccount,
  folder: FolderToWrite,
  letters: FlagLetters,
  options: Durability,
): AsyncGenerator<string> {
  const { localUidValidity = '42', remoteUidValidity, messages } = folder
  const mapFile = folder.localUidValidity && repositoryFile(account, 'local', 'UIDMapping', folder)
  const validities: [file: string, text: string][] = [
    [repositoryFile(account, 'local', 'FolderValidity', folder), `${requireUid(localUidValidity)}\n`],
    [repositoryFile(account, 'remote', 'FolderValidity', folder), `${requireUid(remoteUidValidity)}\n`],
  ]
  const statusFile = statusFiles(account, folder).sqlite
  if (mapFile && (await writeText(mapFile, formatUidMap(uidMapOf(messages)), options))) yield mapFile
  if (await writeStatus(statusFile, entriesOf(messages, letters), options)) yield statusFile
  for (const [file, text] of validities) if (await writeText(file, text, options)) yield file
}

function uidMapOf(messages: Iterable<MessageToWrite>): Map<number, number> {
  const map = new Map<number, number>()
  for (const { remote, local } of messages) map.set(requireUid(remote), requireUid(local ?? ''))
  return map
}

function* entriesOf(messages: Iterable<MessageToWrite>, letters: FlagLetters): Generator<EntryToWrite> {
  for (const { remote, flags, labels, mtime } of messages) {
    const uid = requireUid(remote)
    yield { uid, letters: letters.lettersOf(flags), ...(labels && { labels }), ...(mtime !== undefined && { mtime }) }
  }
}

function requireUid(id: string): number {
  const uid = uidOf(id)
  if (!uid) throw notUid(id)
  return uid
}

async function writeText(file: string, text: string, options: Durability): Promise<boolean> {
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return false
    await makeDirectories(dirname(file), { mode: 0o700, durable: options.durable })
    await replaceFile(file, text, options)
    return true
  } catch (thrown) {
    throw asStateError(file, thrown)
  }
}
