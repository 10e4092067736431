import type { NewMessage, TestMessage } from './message.ts'

/** How a folder of a test is special. */
export interface FolderOptions {
  /** Its use (RFC 6154), such as `\Sent`. */
  readonly specialUse?: string | undefined
  /** Refuses every change that comes by IMAP, as a shared folder may. */
  readonly readOnly?: boolean
}

/** A folder as a test sees it. What is done here reaches every session that has the folder open. */
export interface TestFolder {
  /** Its full name as users read it (UTF-8, not modified UTF-7). */
  readonly name: string
  readonly uidValidity: number
  readonly uidNext: number
  readonly highestModSeq: bigint
  /** A copy of the bytes becomes a message, exactly as they are; a text as UTF-8. Answers its UID. */
  append(bytes: Uint8Array | string, options?: Omit<NewMessage, 'bytes'>): number
  /** Many messages at once, whose bytes are not copied. Answers their UIDs. */
  appendAll(messages: readonly NewMessage[]): number[]
  /** In the order of their UIDs. */
  messages(): TestMessage[]
  message(uid: number): TestMessage
  /** Replaces a message's flags. */
  setFlags(uid: number, flags: Iterable<string>): void
  /** Lets a message have these labels and the one of this folder (system labels with a backslash, others in UTF-8). */
  setLabels(uid: number, labels: readonly string[]): void
  /** Removes these messages, whatever their flags. */
  expunge(uids: Iterable<number>): void
  /**
   * Lets the UIDs lose their meaning: a new UIDVALIDITY, and UIDs from 1 on unless they are to be kept. Sessions that
   * have the folder open are closed with a BYE.
   */
  changeUidValidity(options?: { readonly uidValidity?: number; readonly keepUids?: boolean }): void
  /** Lets the mod-sequences go on from a higher value, up to 63 bits. */
  raiseModSeq(modSeq: bigint): void
}
