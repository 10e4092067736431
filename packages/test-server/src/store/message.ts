import type { Letter } from '../labels/letter.ts'

/** A message as the store holds it. Its flags are replaced, never altered. */
export interface StoredMessage {
  readonly uid: number
  readonly bytes: Buffer
  readonly internalDate: Date
  flags: ReadonlySet<string>
  modSeq: bigint
  /** Whether it was expunged. Sessions that were not told yet can still read it. */
  gone: boolean
  /** What it is in every folder, where mail has labels. */
  letter?: Letter
}

/** A message as a test sees it: a copy of the moment it was asked for. */
export interface TestMessage {
  readonly uid: number
  /** Without `\Recent`, which belongs to sessions. */
  readonly flags: ReadonlySet<string>
  readonly internalDate: Date
  /** As they were appended, NUL octets and bare line feeds included. */
  readonly bytes: Uint8Array
  /** The folder's mod-sequence when the message came or its flags last changed (RFC 7162). */
  readonly modSeq: bigint
  /** Where mail has labels: X-GM-MSGID, X-GM-THRID, and the labels of all its folders as they stand on the wire. */
  readonly letter?: { readonly id: bigint; readonly threadId: bigint; readonly labels: readonly string[] }
}

/** A message on its way into a folder. */
export interface NewMessage {
  readonly bytes: Uint8Array
  readonly flags?: Iterable<string>
  /** Now, if none is given. */
  readonly internalDate?: Date
}
