import type {
  BothSides,
  Counts,
  FolderPair,
  FolderPath,
  LabelSet,
  MessageId,
  Repository,
  Side,
  StatusStore,
  SyncEvent,
  Window,
} from '@mailtide/contracts'
import type { DeletionLimits, Inheritance } from '@mailtide/planner'

/** What the configuration allows on one side. */
export interface SideRules {
  /** Nothing is altered on this side. */
  readonly readOnly: boolean
  readonly createFolders: boolean
  /** Whether deletions made on this side reach the other. */
  readonly syncDeletes: boolean
  /**
   * A message that is new on this side and bears \Deleted is not copied from it: for a store whose `remove` only marks,
   * or else what was deleted on the other side would come back. It is copied once the mark is taken off.
   */
  readonly passOverDeleted?: boolean
}

/** The folders that each side listed. */
export type ListedFolders = BothSides<readonly FolderPath[]>

/** Which folders belong together. No folder is in two pairs. */
export interface FolderPairing {
  /** In the order in which they are to be synced. */
  readonly pairs: readonly { readonly folders: FolderPair; readonly missingOn?: Side }[]
  /** Folders that are not synced and of which the user should hear. */
  readonly leftOut: readonly { readonly side: Side; readonly path: FolderPath; readonly reason: string }[]
}

/** How often a broken connection is taken up again, and how to wait meanwhile. */
export interface RetryPolicy {
  /** Attempts in all. */
  readonly attempts: number
  /** Waits before the attempt of this number, counted from 2; rejects when the signal aborts. */
  wait(attempt: number, signal: AbortSignal): Promise<void>
}

/** How the labels of messages are kept in step. */
export interface LabelPolicy {
  /** Labels that are neither added nor removed anywhere, nor remembered. */
  readonly ignored: LabelSet
  /**
   * How they are kept where the store has no labels of its own, such as the name of a header. Where it is another than
   * last time, what was agreed is forgotten: nothing may be taken for dropped because it is not found there.
   */
  readonly keptAs: string
}

/** One sync of one account. */
export interface SyncRequest {
  readonly account: string
  readonly local: Repository
  readonly remote: Repository
  readonly status: StatusStore
  /** Told everything that happens, in order. */
  emit(event: SyncEvent): void
  /** Default: everything may be done on both sides. */
  readonly rules?: BothSides<SideRules>
  /** Says which folders belong together; throws before anything is touched. Default: those of the same name. */
  pairFolders?(listed: ListedFolders): Promise<FolderPairing>
  /**
   * Which new messages of each side are wanted on the other. A message outside is never copied, and never deleted for
   * it; what is paired stays paired, and what both sides have is paired first. Default: all.
   */
  readonly window?: BothSides<Window>
  /** Messages that are never to be copied from a side. Asked for both sides of every folder. Default: none. */
  ignored?(folders: FolderPair, side: Side, signal: AbortSignal): Promise<ReadonlySet<MessageId>>
  /**
   * What another program knew of a pair of folders. Asked where both are there and have no status of their own.
   * Undefined: that program knew nothing of it.
   */
  inherit?(folders: FolderPair, signal: AbortSignal): Promise<Inheritance | undefined>
  /** Labels are kept in step where both stores have them. Default: they are left alone. */
  readonly labels?: LabelPolicy
  /**
   * Only these pairs, as an earlier sync found them: nothing else is looked at, and no folder is created. Both sides of
   * each are read. Default: all, after a look at everything.
   */
  readonly only?: readonly FolderPair[]
  /** Default: a failure is final. */
  readonly retry?: RetryPolicy
  /** Default: more than a hundred messages and more than half of the account are held. `none` lets all through. */
  readonly deletionLimits?: DeletionLimits | 'none'
  /** Plan and announce, change nothing anywhere. */
  readonly dryRun?: boolean
  readonly signal?: AbortSignal
}

/** How a sync ended. A sync that did all it could resolves, whatever failed on the way. */
export interface SyncReport {
  readonly counts: Counts
  /** Errors that were emitted as `failed`. */
  readonly failures: number
  /** What was held back: messages not removed, and folders left alone for their new UIDVALIDITY. */
  readonly held: { readonly deletions: number; readonly epochs: number }
}
