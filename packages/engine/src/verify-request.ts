import type { BothSides, FlagSet, FolderPair, LabelSet, MailtideError, MessageId, Side } from '@mailtide/contracts'
import type { SyncRequest } from './sync-request.ts'

/** One verification of one account. The rules, the window and what is ignored are to be those of its syncs. */
export interface VerifyRequest
  extends Pick<
    SyncRequest,
    | 'account'
    | 'local'
    | 'remote'
    | 'status'
    | 'rules'
    | 'pairFolders'
    | 'window'
    | 'ignored'
    | 'labels'
    | 'retry'
    | 'signal'
  > {
  /**
   * Every octet of every pair is compared, by reading all mail: by hashes that this makes, such as SHA-256. Default: ids and
   * flags alone.
   */
  readonly deep?: () => OctetHash
  /** What the status says wrongly is mended in it; mail is never altered. Default: nothing is written anywhere. */
  readonly repair?: boolean
  /** Told each pair of folders as soon as it was compared, and what failed. */
  emit(event: VerifyEvent): void
}

/** A hash that is fed with octets and then asked once; no two messages may ever have the same one. */
export interface OctetHash {
  update(octets: Uint8Array): void
  digest(): string
}

/** What happens during a verification. */
export type VerifyEvent =
  | { readonly type: 'folder-verified'; readonly account: string; readonly folder: FolderVerification }
  | {
      readonly type: 'failed'
      readonly account: string
      readonly folders?: FolderPair
      readonly side?: Side
      readonly error: MailtideError
    }

/**
 * What becomes of a difference: the next sync sees and settles it, or it does not see it (the store is wrong about it, and
 * what one side knows as new may get doubled).
 */
export type Outlook = 'waiting' | 'unseen'

/** One thing that differs between the two sides and the store. */
export type Difference =
  /** A message that the store does not know. */
  | { readonly kind: 'new'; readonly side: Side; readonly id: MessageId; readonly outlook: Outlook }
  /** A pair of the store, of which a message is not there any more. */
  | {
      readonly kind: 'gone'
      readonly from: Side | 'both'
      readonly ids: BothSides<MessageId>
      readonly outlook: Outlook
    }
  /** A message of a pair that a side now has under another id, by its name or its identity. */
  | {
      readonly kind: 'renamed'
      readonly side: Side
      readonly ids: BothSides<MessageId>
      readonly now: MessageId
      readonly outlook: Outlook
    }
  /** What a side's flags have more, and less, than was agreed on. */
  | {
      readonly kind: 'flags'
      readonly side: Side
      readonly ids: BothSides<MessageId>
      readonly added: FlagSet
      readonly dropped: FlagSet
      readonly outlook: Outlook
    }
  | {
      readonly kind: 'labels'
      readonly side: Side
      readonly ids: BothSides<MessageId>
      readonly added: LabelSet
      readonly dropped: LabelSet
      readonly outlook: Outlook
    }
  /** The octets of a pair differ: in these fields of the header only, or elsewhere too. */
  | {
      readonly kind: 'octets'
      readonly ids: BothSides<MessageId>
      readonly onlyInHeaders?: readonly string[]
      readonly sizes: BothSides<number>
    }
  | {
      readonly kind: 'unreadable'
      readonly side: Side
      readonly ids: BothSides<MessageId>
      readonly error: MailtideError
    }
  /** The ids of a side lost their meaning (UIDVALIDITY): nothing else can be said of the folder. */
  | { readonly kind: 'epoch'; readonly side: Side; readonly was: string; readonly is: string }
  /** The store notes another number of pairs than it has: what is gone may be overlooked. */
  | { readonly kind: 'miscounted'; readonly noted: number; readonly pairs: number }
  /** The folder is not there on this side. */
  | { readonly kind: 'folder'; readonly missingOn: Side }

/** How much was looked at. */
export interface VerifyCounts {
  /** Pairs that the store knows. */
  readonly pairs: number
  /** Messages on each side. */
  readonly messages: BothSides<number>
  /** What the rules and the window leave as it is, and is no difference. */
  readonly left: number
  /** Pairs of which every octet was compared. */
  readonly compared: number
  /** Pairs of which one is what servers are known to make of the other: an end to its last line, a header in ASCII. */
  readonly altered: number
  /** Appends of a sync that was cut off: the next one settles them. */
  readonly unfinished: number
}

/** What was mended in the store. */
export interface Repairs {
  /** Pairs that were forgotten, as both messages are gone. */
  readonly forgotten: number
  /** Messages that were paired anew, by their identity. */
  readonly paired: number
  /** Whether the number of pairs was set right. */
  readonly recounted: boolean
  /** Whether the next sync lists the folders anew. */
  readonly reset: boolean
}

/** What was found in one pair of folders. */
export interface FolderVerification {
  readonly folders: FolderPair
  readonly counts: VerifyCounts
  readonly differences: readonly Difference[]
  /** Present if something was mended. */
  readonly repairs?: Repairs
}

/** What was found in all of them, in the order in which they are synced. */
export interface VerifyReport {
  readonly folders: readonly FolderVerification[]
  /** Folders that could not be looked at, and accounts; each was told as `failed`. */
  readonly failures: number
}
