import { type MessageId, messageId } from '@mailtide/contracts'

/** Part of a list of UIDs, small enough for one command. */
export interface UidSet {
  /** `1:3,7`: ranges ascend and hold only UIDs that were asked for (QQ refuses descending ones). */
  readonly text: string
  readonly uids: readonly number[]
}

/** What fits into one command: Exchange and others refuse lines much longer than 8 kB. */
export interface SetLimits {
  readonly characters: number
  readonly messages: number
}

const largestUid = 0xffff_ffff

/** Sets as long as any server has to take, for commands that answer little. */
export const wideSets: SetLimits = { characters: 7000, messages: Number.POSITIVE_INFINITY }

/** Limits within what a server takes in a command that holds so many other octets, however many messages that is. */
export function setsFor(
  { roomForSet }: { roomForSet(others: number): number },
  others: number,
  messages: number = Number.POSITIVE_INFINITY,
): SetLimits {
  return { characters: Math.min(wideSets.characters, roomForSet(others)), messages }
}

/** The UIDs that stand behind ids, ascending, each once. What never was a UID is left out. */
export function uidsOf(ids: Iterable<MessageId>): number[] {
  const uids = new Set<number>()
  for (const id of ids) {
    const uid = uidOf(id)
    if (uid !== undefined) uids.add(uid)
  }
  return [...uids].sort((a, b) => a - b)
}

/** The UID that stands behind an id, if one does. */
export function uidOf(id: MessageId): number | undefined {
  const uid = Number(id)
  return Number.isInteger(uid) && uid > 0 && uid <= largestUid ? uid : undefined
}

/** The id of a UID: its decimal digits. */
export function idOf(uid: number): MessageId {
  return messageId(String(uid))
}

/** Splits ascending UIDs into sets within the limits. */
export function splitUids(uids: readonly number[], limits: SetLimits = wideSets): UidSet[] {
  const sets: UidSet[] = []
  let text = ''
  let begin = 0
  for (let start = 0; start < uids.length; ) {
    let end = start + 1
    const room = begin + limits.messages
    while (end < uids.length && end < room && uids[end] === uids[end - 1]! + 1) end++
    const range = end - start === 1 ? `${uids[start]}` : `${uids[start]}:${uids[end - 1]}`
    if (text !== '' && (text.length + range.length + 1 > limits.characters || start - begin >= limits.messages)) {
      sets.push({ text, uids: uids.slice(begin, start) })
      text = ''
      begin = start
      continue
    }
    text = text === '' ? range : `${text},${range}`
    start = end
  }
  if (text !== '') sets.push({ text, uids: uids.slice(begin) })
  return sets
}

/** Ranges of a set that a server wrote, as pairs in one flat list, ascending and apart; malformed parts are left out. */
export function parseUidRanges(text: string): number[] {
  const pairs: [number, number][] = []
  for (const part of text.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(part.trim())
    if (!match) continue
    const a = Number(match[1])
    const b = match[2] === undefined ? a : Number(match[2])
    pairs.push(a < b ? [a, b] : [b, a])
  }
  pairs.sort((a, b) => a[0] - b[0])
  const flat: number[] = []
  for (const [low, high] of pairs) {
    const last = flat[flat.length - 1]
    if (last !== undefined && low <= last + 1) flat[flat.length - 1] = Math.max(last, high)
    else flat.push(low, high)
  }
  return flat
}

/** How many UIDs ranges cover. */
export function countInRanges(ranges: readonly number[]): number {
  let count = 0
  for (let index = 0; index < ranges.length; index += 2) count += ranges[index + 1]! - ranges[index]! + 1
  return count
}

/** Whether ranges, as {@link parseUidRanges} gives them, hold a UID. */
export function isInRanges(ranges: readonly number[], uid: number): boolean {
  let low = 0
  let high = ranges.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if (uid < ranges[2 * middle]!) high = middle - 1
    else if (uid > ranges[2 * middle + 1]!) low = middle + 1
    else return true
  }
  return false
}
