import type { FlagSet, LabelSet, MessageSummary } from '@mailtide/contracts'
import { idOf } from './uid-set.ts'

/** What a listing tells of a message. */
type Marks = Pick<MessageSummary, 'flags' | 'labels'>

/** Messages with their flags and labels in eight octets apiece, by ascending UID; walked any number of times. */
export interface FlagTable extends Iterable<MessageSummary> {
  /** How many messages are in it. One that came twice counts once, with what was told last. */
  readonly length: number
  /** The largest UID; 0 in an empty table. */
  readonly largestUid: number
  add(uid: number, flags: FlagSet, labels?: LabelSet): void
  has(uid: number): boolean
  /** How many of the messages have this UID or a larger one. */
  countFrom(uid: number): number
  clear(): void
}

/** Starts an empty table. */
export function createFlagTable(): FlagTable {
  let uids = new Uint32Array(64)
  let sets = new Uint32Array(64)
  let length = 0
  let largestUid = 0
  let isSorted = true
  const known: Marks[] = []
  const indexes = new Map<LabelSet | undefined, Map<FlagSet, number>>()

  return {
    get length() {
      settle()
      return length
    },
    get largestUid() {
      return largestUid
    },
    add(uid, flags, labels) {
      if (length === uids.length) {
        uids = grown(uids)
        sets = grown(sets)
      }
      uids[length] = uid
      sets[length] = indexOf(flags, labels)
      length++
      if (uid > largestUid) largestUid = uid
      else isSorted = false
    },
    has(uid) {
      const place = placeOf(uid)
      return place < length && uids[place] === uid
    },
    countFrom(uid) {
      const place = placeOf(uid)
      return length - place
    },
    clear() {
      length = 0
      largestUid = 0
      isSorted = true
    },
    *[Symbol.iterator]() {
      settle()
      for (let index = 0; index < length; index++) {
        const { flags, labels } = known[sets[index]!]!
        const id = idOf(uids[index]!)
        yield labels ? { id, flags, labels } : { id, flags }
      }
    },
  }

  function indexOf(flags: FlagSet, labels: LabelSet | undefined): number {
    const byFlags = indexes.get(labels) ?? new Map<FlagSet, number>()
    indexes.set(labels, byFlags)
    let index = byFlags.get(flags)
    if (index === undefined) {
      index = known.push(labels ? { flags, labels } : { flags }) - 1
      byFlags.set(flags, index)
    }
    return index
  }

  /** Both rows of one message in one: the later wins, but one that is about flags alone says nothing of labels. */
  function joined(earlier: number, later: number): number {
    const { flags, labels = known[earlier]!.labels } = known[later]!
    return indexOf(flags, labels)
  }

  /** Where a UID stands, or would stand. */
  function placeOf(uid: number): number {
    settle()
    let low = 0
    let high = length
    while (low < high) {
      const middle = (low + high) >> 1
      if (uids[middle]! < uid) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Sorts what came out of order, and lets the later of two rows of one message win. */
  function settle(): void {
    if (isSorted) return
    isSorted = true
    const order = Uint32Array.from({ length }, (_, index) => index)
    order.sort((a, b) => uids[a]! - uids[b]! || a - b)
    const sortedUids = new Uint32Array(uids.length)
    const sortedSets = new Uint32Array(uids.length)
    let count = 0
    for (const index of order) {
      const isAgain = count > 0 && sortedUids[count - 1] === uids[index]
      if (!isAgain) count++
      sortedUids[count - 1] = uids[index]!
      sortedSets[count - 1] = isAgain ? joined(sortedSets[count - 1]!, sets[index]!) : sets[index]!
    }
    uids = sortedUids
    sets = sortedSets
    length = count
  }
}

function grown(from: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(from.length * 2)
  to.set(from)
  return to
}
