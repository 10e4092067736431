import type { FolderPair } from './folder-path.ts'
import type { Baseline, Intent, Pair } from './planning.ts'
import type { BothSides, Cursor, MessageId } from './values.ts'

/** What one account's last syncs left behind. Synchronous: every call is short and on this machine. */
export interface StatusStore {
  /** The status of a pair of folders; an empty one if there was none. Opening writes nothing. */
  folder(folders: FolderPair): FolderStatus
  /** Every pair of folders there is a status of, with the cursors that still stand. */
  folders(): Iterable<readonly [FolderPair, BothSides<Cursor> | undefined]>
  /** Messages known in all folders together. */
  readonly messageCount: number
  /** A small fact about the account, such as the identity of its local root. */
  note(key: string): string | undefined
  setNote(key: string, value: string): void
  close(): void
}

/** The baseline of one pair of folders. */
export interface FolderStatus extends Baseline {
  readonly cursors: BothSides<Cursor> | undefined
  /** Not empty only if the last run was cut off: settle these before planning. */
  intents(): readonly Intent[]
  /** Durable when it returns. A second intent for the same source and side replaces the first. */
  intend(intents: readonly Intent[]): void
  /** Everything in one commit becomes durable together; drops come before puts. */
  commit(change: StatusChange): void
  /** Forgets everything about this pair of folders. */
  reset(): void
}

/** What a commit does. Cursors move only together with the changes that they stand for. */
export interface StatusChange {
  /** Replaces any pair with the same local or the same remote id. */
  readonly put?: readonly Pair[]
  readonly drop?: readonly { readonly local: MessageId; readonly remote: MessageId }[]
  readonly settled?: readonly Intent[]
  readonly cursors?: BothSides<Cursor>
}
