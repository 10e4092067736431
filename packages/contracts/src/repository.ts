import type { Flag } from './flags.ts'
import type { FolderPath } from './folder-path.ts'
import type { LabelChange, LabelSet } from './labels.ts'
import type {
  Appended,
  FlagChange,
  IncomingMessage,
  Measure,
  MeasuredForm,
  MessageSummary,
  OutgoingMessage,
} from './message.ts'
import type { Cursor, MessageId } from './values.ts'

/** What a mail store can do. */
export interface Capabilities {
  /** Whether this flag survives being stored here. Others are left alone: neither written nor missed. */
  canStore(flag: Flag): boolean
  /** How many folders may be open at once. */
  readonly connections: number
  /** Whether messages have labels here. Holds once a survey has been made. */
  readonly labels?: boolean
}

/** What a folder is for (RFC 6154), where the store says so. */
export type FolderRole = 'inbox' | 'sent' | 'drafts' | 'trash' | 'junk' | 'archive' | 'all' | 'flagged'

/** One folder as {@link Repository.survey} found it. */
export interface FolderSurvey {
  readonly path: FolderPath
  /** False only if nothing can have changed since the cursor given for it. */
  readonly mayHaveChanged: boolean
  readonly role?: FolderRole
  /**
   * Labels that this folder never tells of its messages: Gmail leaves out the one that the folder itself stands for. They
   * are left alone: neither written nor missed.
   */
  readonly untoldLabels?: LabelSet
}

/** A mail store: an IMAP account, a tree of Maildirs, a map in memory. */
export interface Repository {
  readonly capabilities: Capabilities
  /**
   * What parts the levels of this store's own folder names, where it has such names; empty for a store without
   * levels. Known once a survey has been made, undefined before.
   */
  readonly separator?: string | undefined
  /**
   * One look at everything: which folders exist, and which may have changed since these cursors. Each
   * path once. A store whose root is gone throws; it never answers "no folders" for that.
   */
  survey(known: ReadonlyMap<FolderPath, Cursor>, signal: AbortSignal): Promise<readonly FolderSurvey[]>
  /**
   * What tells this very store from another in its place (Maildir: `.mailtide-id` in the root). Undefined when
   * it carries no mark, or is not there. Absent in backends whose store cannot be swapped unnoticed.
   */
  readMark?(signal: AbortSignal): Promise<string | undefined>
  /** Creates the store's root where it is missing, marks it where it has no mark, and answers the mark. */
  establish?(signal: AbortSignal): Promise<string>
  /** Creates a folder, and above it what the store needs to hold it. One that exists already is no error. */
  createFolder(path: FolderPath, signal: AbortSignal): Promise<void>
  /**
   * Deletes a folder and all messages in it; folders below it stay. One that is not there is an error. Absent in backends
   * that delete no folders.
   */
  deleteFolder?(path: FolderPath, signal: AbortSignal): Promise<void>
  /** Opens a folder; `examine` promises that nothing in it will be altered. Waits for a free connection. */
  open(path: FolderPath, access: FolderAccess, signal: AbortSignal): Promise<Folder>
  /**
   * Yields a folder whenever something may have changed in it since the cursor given for it, at once if that is so
   * already; also one that came or went, where the store tells of that. The most important come first in `known`: where
   * not all can be watched, the others are looked at now and then, and flags that change alone may go unseen in them.
   * Our own changes are seen too. Begins when the first is asked for, and never fails in silence: when it can see no
   * longer (a lost connection, a clock that jumped) it rejects, and whoever goes on begins anew with the cursors that
   * stand then. Ends by rejecting with the signal's reason. Absent in stores that cannot be watched.
   */
  watch?(known: ReadonlyMap<FolderPath, Cursor>, signal: AbortSignal): AsyncIterable<FolderPath>
  /** Gives back all connections. Folders still open become unusable. */
  close(): Promise<void>
}

/** How a folder is opened (RFC 9051, 6.3.2 and 6.3.3). */
export type FolderAccess = 'select' | 'examine'

/** The messages of one side that the last sync left behind. */
export interface KnownMessages {
  readonly count: number
  has(id: MessageId): boolean
  ids(): Iterable<MessageId>
}

/** Since a cursor: what is new or has other flags, and what is gone. Or, without one, all there is. */
export type Changes =
  | {
      readonly kind: 'delta'
      readonly cursor: Cursor
      readonly changed: Iterable<MessageSummary>
      /** Known messages that are gone. */
      readonly vanished: Iterable<MessageId>
    }
  | { readonly kind: 'full'; readonly cursor: Cursor; readonly messages: Iterable<MessageSummary> }

/**
 * One open folder. Every method may reject with a MailtideError of scope `folder` or wider; the folder
 * is then to be closed. Ids are this folder's own.
 */
export interface Folder {
  /** Whether the store itself refuses changes here, whatever access was asked for. */
  isReadOnly(signal: AbortSignal): Promise<boolean>
  /**
   * What changed since `since`; everything if there is none, or its position is empty or no longer
   * understood. A new epoch is answered with everything, never with vanished messages. The iterables can be
   * walked more than once. `known` is what the baseline holds, for backends that have to compare.
   */
  changes(since: Cursor | undefined, known: KnownMessages, signal: AbortSignal): Promise<Changes>
  /**
   * In any order; ids that are gone are left out. A body that is streamed must be taken before the next
   * message is asked for. One message that cannot be read comes as an {@link Unreadable} and its neighbours go on.
   */
  read(ids: readonly MessageId[], signal: AbortSignal): AsyncIterable<IncomingMessage | Unreadable>
  /**
   * A token for each message: what has to be written down before it is appended, so that `locate` finds
   * it after a crash. Alters nothing.
   */
  prepare(messages: readonly IncomingMessage[], signal: AbortSignal): Promise<readonly string[]>
  /**
   * Stores a batch and resolves once every message in it is safe (durable, or acknowledged by the server)
   * or has its error. Several batches may be under way at once.
   */
  append(batch: readonly OutgoingMessage[], signal: AbortSignal): Promise<readonly Appended[]>
  /** After a crash: which of these appends had arrived? Ids in `known` are taken. Never alters mail to be able to answer. */
  locate(tokens: readonly string[], known: KnownMessages, signal: AbortSignal): Promise<ReadonlyMap<string, MessageId>>
  /**
   * A text that is equal for copies of one message in any backend and differs for all others: size and hash of the
   * header (`identityOf` of message-bytes). Ids that are gone are left out.
   */
  identify(ids: readonly MessageId[], signal: AbortSignal): Promise<ReadonlyMap<MessageId, string>>
  /** Size and date of messages; no header is read for it on a server. Ids that are gone are left out. */
  measure(ids: readonly MessageId[], form: MeasuredForm, signal: AbortSignal): Promise<ReadonlyMap<MessageId, Measure>>
  /** Adds and drops flags. Ids that are gone, and flags that `canStore` denies, are passed over. */
  changeFlags(changes: readonly FlagChange[], signal: AbortSignal): Promise<void>
  /**
   * Adds and drops labels; ids that are gone are passed over. Present if `capabilities.labels`. An error of scope
   * `message` is about these changes alone.
   */
  changeLabels?(changes: readonly LabelChange[], signal: AbortSignal): Promise<void>
  /** Removes these messages and no others. An id already gone is no error. */
  remove(ids: readonly MessageId[], signal: AbortSignal): Promise<void>
  /**
   * Keeps the other side's ids with the messages, where the backend has a place for them (Maildir's `U=`).
   * Answers the messages whose own id changed by it; afterwards a summary's `peer` tells the rest of the story.
   */
  notePeers?(
    peers: readonly { readonly id: MessageId; readonly peer: MessageId }[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<MessageId, MessageId>>
  /** Gives the connection back. Once more, or after the repository was closed, it does nothing. */
  close(): Promise<void>
}

/** A message that `read` could not bring, and why. */
export interface Unreadable {
  readonly id: MessageId
  readonly error: Error
}
