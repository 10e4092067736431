/** The two ends of a sync, named as in the configuration file. */
export type Side = 'local' | 'remote'

/** One value for each side. */
export type BothSides<T> = Readonly<Record<Side, T>>

/** The side across from this one. */
export function otherSide(side: Side): Side {
  return side === 'local' ? 'remote' : 'local'
}

/** Opaque outside the backend that minted it: an IMAP UID as a decimal, a Maildir base name. */
export type MessageId = string & { readonly __brand: 'MessageId' }

/** Marks a text as a message id. For backends, at the place where the id is minted. */
export function messageId(text: string): MessageId {
  return text as MessageId
}

/** Where a backend stood when it last answered. Its texts are the backend's own; the store only keeps them. */
export interface Cursor {
  /** Changes when ids lose their meaning: UIDVALIDITY on IMAP (RFC 9051, 2.3.1.1). */
  readonly epoch: string
  /** How far this side was read; empty when only the epoch is known and everything has to be listed. */
  readonly position: string
}
