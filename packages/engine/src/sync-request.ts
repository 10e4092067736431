import type { BothSides, Counts, FolderPath, Repository, StatusStore, SyncEvent } from '@mailtide/contracts'

/** What the configuration allows on one side. */
export interface SideRules {
  /** Nothing is altered on this side. */
  readonly readOnly: boolean
  readonly createFolders: boolean
  /** Whether deletions made on this side reach the other. */
  readonly syncDeletes: boolean
}

/** Which folders belong together. A path that is not synced has no counterpart. */
export interface FolderRules {
  toLocal(remote: FolderPath): FolderPath | undefined
  toRemote(local: FolderPath): FolderPath | undefined
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
  /** Default: every folder is synced under its own name. */
  readonly folders?: FolderRules
  /** Plan and announce, change nothing anywhere. */
  readonly dryRun?: boolean
  readonly signal?: AbortSignal
}

/** How a sync ended. A sync that did all it could resolves, whatever failed on the way. */
export interface SyncReport {
  readonly counts: Counts
  /** Errors that were emitted as `failed`. */
  readonly failures: number
  /** Messages whose steps were held back, by reason. */
  readonly held: { readonly deletions: number; readonly epochs: number }
}
