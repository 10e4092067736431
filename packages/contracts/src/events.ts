import type { MailtideError } from './errors.ts'
import type { FlagSet } from './flags.ts'
import type { FolderPair } from './folder-path.ts'
import type { Pair, Step } from './planning.ts'
import type { BothSides, Side } from './values.ts'

/** How many messages a sync copied, removed or re-flagged on one side. */
export interface SideCounts {
  readonly copied: number
  readonly removed: number
  readonly flagged: number
  /** Messages whose labels were changed; absent where there was none. */
  readonly labelled?: number
}

/** What a sync of one folder, or of an account, did to each side. */
export type Counts = Readonly<Record<Side, SideCounts>>

/** Messages that were removed from one side. */
export interface RemovedMessages {
  readonly side: Side
  readonly pairs: readonly Pair[]
}

/** Messages whose flags were changed alike on one side. */
export interface FlaggedMessages extends RemovedMessages {
  readonly add: FlagSet
  readonly drop: FlagSet
}

/** Why steps are not carried out. */
export type HoldReason = 'too-many-deletions' | 'epoch-changed'

/** What happens during a sync, in order. Plain data: the terminal, the log and JSON show the same events. */
export type SyncEvent =
  | { readonly type: 'account-started'; readonly account: string; readonly dryRun: boolean }
  | { readonly type: 'surveyed'; readonly account: string; readonly folders: number; readonly mayHaveChanged: number }
  | { readonly type: 'folder-created'; readonly account: string; readonly side: Side; readonly path: string }
  | { readonly type: 'folder-skipped'; readonly account: string; readonly path: string; readonly reason: string }
  | { readonly type: 'folder-started'; readonly account: string; readonly folders: FolderPair }
  | { readonly type: 'step-planned'; readonly account: string; readonly folders: FolderPair; readonly step: Step }
  | {
      readonly type: 'messages-copied'
      readonly account: string
      readonly folders: FolderPair
      readonly to: Side
      readonly messages: number
      readonly bytes: number
      /** How many of them bear no \Seen. */
      readonly unseen?: number
      /** Which. */
      readonly pairs?: readonly Pair[]
      /** How many this run means to copy to that side of this folder, those of earlier events included. */
      readonly of?: number
    }
  | {
      readonly type: 'folder-finished'
      readonly account: string
      readonly folders: FolderPair
      readonly counts: Counts
      /**
       * New messages that were met in this run and are not to be copied from that side: outside of the window, or left
       * out by a rule. Absent where there was none.
       */
      readonly outside?: BothSides<number>
      /** Which messages were removed, and of which the flags were changed. Absent in a dry run, and where there were none. */
      readonly removed?: readonly RemovedMessages[]
      readonly flagged?: readonly FlaggedMessages[]
    }
  | {
      /** What another program knew of these folders was taken over: so many messages. */
      readonly type: 'inherited'
      readonly account: string
      readonly folders: FolderPair
      readonly messages: number
    }
  | {
      /** What another program knew of these folders is of another UIDVALIDITY, and nothing follows from it. */
      readonly type: 'inheritance-void'
      readonly account: string
      readonly folders: FolderPair
      readonly was: string | undefined
      readonly is: string
    }
  | {
      readonly type: 'held'
      readonly account: string
      readonly folders: FolderPair
      readonly reason: HoldReason
      readonly messages: number
      readonly side?: Side
      /** The epochs, where the reason is that they differ. */
      readonly was?: string
      readonly is?: string
    }
  | {
      readonly type: 'failed'
      readonly account: string
      readonly folders?: FolderPair
      readonly side?: Side
      readonly error: MailtideError
    }
  | { readonly type: 'account-finished'; readonly account: string; readonly counts: Counts; readonly failures: number }
