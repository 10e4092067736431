import { type MessageId, messageId } from '@mailtide/contracts'

/**
 * A message id in a column: decimals without leading zero below 2^53 (UIDs) as INTEGER, all else as TEXT.
 *
 * | id                   | column                |
 * | -------------------- | --------------------- |
 * | `42`                 | INTEGER 42            |
 * | `007`                | TEXT `007`            |
 * | `9007199254740992`   | TEXT, as it is 2^53   |
 * | `1700.M1P2.host,U=1` | TEXT, as it is        |
 */
export type StoredId = bigint | string

// 2^53 has 16 digits: what has 15 or fewer is below it for sure.
const decimal = /^(?:0|[1-9]\d{0,15})$/

/** The column's value for an id. A bigint, because node:sqlite would store a number as REAL. */
export function storedId(id: MessageId): StoredId {
  if (!decimal.test(id)) return id
  return id.length < 16 || Number(id) <= Number.MAX_SAFE_INTEGER ? BigInt(id) : id
}

/** The id that a column's value stands for. */
export function idOf(stored: unknown): MessageId {
  return messageId(typeof stored === 'string' ? stored : String(stored))
}
