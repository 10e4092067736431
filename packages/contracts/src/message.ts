import type { FlagSet } from './flags.ts'
import type { LabelSet } from './labels.ts'
import type { MessageId } from './values.ts'

/** What a listing tells of a message, without its body. */
export interface MessageSummary {
  readonly id: MessageId
  readonly flags: FlagSet
  /** Only of stores with labels, and there absent where they are as they were at the cursor. */
  readonly labels?: LabelSet
  /** The other side's id, where this backend keeps one (Maildir's `U=`): a hint, never a proof. */
  readonly peer?: MessageId
}

/**
 * A message's bytes in the form they have on the wire: lines end with CRLF, all else is exact (RFC 5322, 2.1).
 * A backend that stores another form (Maildir: LF) converts at its door, both ways.
 */
export interface Body {
  /** Octets in this form. */
  readonly size: number
  /** The first octets: all of them up to {@link wholeBodyLimit}, else at least the header or 64 KiB. */
  readonly head: Uint8Array
  /** All octets from the first on. May be read only once, and only before the next message is asked for. */
  stream(): AsyncIterable<Uint8Array>
}

/** Bodies up to this size come whole in `head`; bigger ones are only streamed and never held in memory. */
export const wholeBodyLimit = 1024 * 1024

/** A message as it comes out of a folder. */
export interface IncomingMessage {
  readonly id: MessageId
  readonly flags: FlagSet
  /** When it was received: INTERNALDATE on IMAP, the file's mtime in a Maildir. */
  readonly receivedAt?: Date
  readonly body: Body
  /**
   * The labels that it is to have where it goes, to be stored with it where the backend can. Absent where labels are not
   * synchronised: then it stays as it is. Listings tell labels, reading need not.
   */
  readonly labels?: LabelSet
}

/** A message on its way into a folder, with the token that finds it again after a crash. */
export interface OutgoingMessage extends IncomingMessage {
  /** From {@link Folder.prepare}. */
  readonly token: string
}

/**
 * What became of one append. The outcomes of a batch come in the order of the batch. `labels` are those that were stored
 * along; absent, none were.
 */
export type Appended = { readonly id: MessageId; readonly labels?: LabelSet } | { readonly error: Error }

/** What tells whether a message is wanted, without its header. */
export interface Measure {
  /** Octets, in the form that was asked for. */
  readonly size: number
  /** When it was received: INTERNALDATE on IMAP, the file's mtime in a Maildir. */
  readonly receivedAt?: Date
}

/**
 * Which octets count: those on the wire, lines ending with CRLF (RFC822.SIZE on IMAP), or those that the store keeps, of
 * which it may know the number without a look inside (Maildir: the size of the file).
 */
export type MeasuredForm = 'wire' | 'stored'

/** The same change of flags to many messages. */
export interface FlagChange {
  readonly ids: readonly MessageId[]
  readonly add: FlagSet
  readonly drop: FlagSet
}
