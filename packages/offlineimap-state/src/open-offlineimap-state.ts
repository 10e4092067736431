import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FlagSet, type MessageId, messageId, type Side } from '@mailtide/contracts'
import { isSystemError } from '@mailtide/durable-fs'
import type { OfflineImapAccount, OfflineImapFolder } from './account.ts'
import { asStateError } from './errors.ts'
import { createFlagLetters, type FlagLetters } from './flag-letters.ts'
import { readFlatStatus } from './flat-status.ts'
import { repositoryFile, statusDirectories, statusFiles } from './places.ts'
import { readNumber } from './read-text.ts'
import { readSqliteStatus } from './sqlite-status.ts'
import type { OfflineImapStatus } from './status.ts'
import { readUidMap, type UidMap } from './uid-map.ts'

/** Everything that OfflineIMAP left on disk of one account. Asked for folder by folder; nothing is altered. */
export interface OfflineImapState {
  /** Which files of a status there are, and since when nobody has written any. */
  overview(): StateOverview
  /** What an engine takes over of a pair of folders; undefined if OfflineIMAP has no status of it. */
  inherit(folder: OfflineImapFolder): InheritedFolder | undefined
  /** The status as it is: of SQLite if there is one, else the flat file of before; undefined if there is neither. */
  readStatus(folder: OfflineImapFolder): OfflineImapStatus | undefined
  /** UIDVALIDITY as a decimal (of a Maildir 42); undefined if none was stored. */
  readUidValidity(side: Side, folder: OfflineImapFolder): string | undefined
  /** Which local UID stands for which on the remote; undefined unless the local repository is IMAP. */
  readUidMap(folder: OfflineImapFolder): UidMap | undefined
  /** The UID that a `startdate` came to: only from there on messages are synchronised. Undefined without one. */
  readStartUid(side: Side, folder: OfflineImapFolder): number | undefined
}

/** Whether OfflineIMAP has any state of an account. */
export interface StateOverview {
  /** Names that {@link statusFileName} gives, sorted. Empty: OfflineIMAP never synchronised this account here. */
  readonly statusFiles: readonly string[]
  /** A later time than after the last look or write: OfflineIMAP did something since. */
  readonly lastWrittenAt: Date | undefined
}

/** A message that was on both sides when OfflineIMAP last ran. */
export interface InheritedMessage {
  /** Its UID on the remote: also what `U=` in a Maildir name says. */
  readonly remote: MessageId
  /** Its UID on a local IMAP server; undefined for a Maildir. */
  readonly local: MessageId | undefined
  /** On which both sides last agreed. Equal sets are one shared object. */
  readonly flags: FlagSet
}

/** A pair of folders as OfflineIMAP left it. */
export interface InheritedFolder {
  /** Undefined where none was stored: then nothing proves that the UIDs still mean the same messages. */
  readonly remoteUidValidity: string | undefined
  readonly localUidValidity: string | undefined
  /** Messages in the status; those that a UID map lacks are counted, but not among `messages`. */
  readonly count: number
  /** By ascending remote UID. Can be walked more than once; reads as it goes. */
  readonly messages: Iterable<InheritedMessage>
}

/** Looks at what OfflineIMAP keeps of an account. Touches nothing until it is asked something. */
export function openOfflineImapState(account: OfflineImapAccount): OfflineImapState {
  const letters = createFlagLetters(account.keywords)

  const state: OfflineImapState = {
    overview: () => overviewOf(Object.values(statusDirectories(account))),
    readStatus(folder) {
      const { sqlite, flat } = statusFiles(account, folder)
      return readSqliteStatus(sqlite) ?? readFlatStatus(flat)
    },
    readUidValidity: (side, folder) => readNumber(repositoryFile(account, side, 'FolderValidity', folder)),
    readUidMap: (folder) => readUidMap(repositoryFile(account, 'local', 'UIDMapping', folder)),
    readStartUid(side, folder) {
      const digits = readNumber(repositoryFile(account, side, 'StartUID', folder))
      return digits === undefined ? undefined : Number(digits)
    },
    inherit(folder) {
      const status = state.readStatus(folder)
      if (!status) return undefined
      const map = state.readUidMap(folder)
      return {
        remoteUidValidity: state.readUidValidity('remote', folder),
        localUidValidity: state.readUidValidity('local', folder),
        count: status.count,
        messages: { [Symbol.iterator]: () => inheritedMessages(status, map, letters) },
      }
    },
  }
  return state
}

function* inheritedMessages(
  status: OfflineImapStatus,
  map: UidMap | undefined,
  letters: FlagLetters,
): Generator<InheritedMessage> {
  for (const entry of status.entries) {
    const local = map?.get(entry.uid)
    if (map && local === undefined) continue
    yield {
      remote: messageId(String(entry.uid)),
      local: local === undefined ? undefined : messageId(String(local)),
      flags: letters.flagsOf(entry.letters),
    }
  }
}

function overviewOf(directories: readonly string[]): StateOverview {
  const found = directories.map(filesIn)
  const names = found.flatMap((files) => [...files.keys()].filter((name) => !isBeside(name, files)))
  const latest = Math.max(0, ...found.flatMap((files) => [...files.values()]))
  return { statusFiles: [...new Set(names)].sort(), lastWrittenAt: latest ? new Date(latest) : undefined }
}

/** Whether it is SQLite's or OfflineIMAP's own, for the time of a change; a folder may be called so as well. */
function isBeside(name: string, files: ReadonlyMap<string, number>): boolean {
  const base = name.replace(/\.tmp$|-(journal|wal|shm)$/, '')
  return base !== name && files.has(base)
}

/** The files in a directory, with the times of their last change; none if it is not there. */
function filesIn(directory: string): ReadonlyMap<string, number> {
  try {
    const found = readdirSync(directory).map((name) => {
      const file = statSync(join(directory, name), { throwIfNoEntry: false })
      return file?.isFile() ? ([name, file.mtimeMs] as const) : undefined
    })
    return new Map(found.filter((entry) => entry !== undefined))
  } catch (thrown) {
    if (isSystemError(thrown) && thrown.code === 'ENOENT') return new Map()
    throw asStateError(directory, thrown)
  }
}
