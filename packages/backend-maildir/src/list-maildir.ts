import {
  type Changes,
  type Cursor,
  type KnownMessages,
  type LabelSet,
  type MessageId,
  type MessageSummary,
  messageId,
} from '@mailtide/contracts'
import { lettersOf, peerOf } from './file-name.ts'
import type { FlagLetters } from './flag-letters.ts'
import type { FolderHashes } from './folder-hashes.ts'
import { isSettled, type Place, positionOf, type Scan, scanMaildir, stampOf } from './scan.ts'
import { maildirEpoch } from './survey.ts'

/** A listing of a Maildir, and how far it can be trusted. */
export interface Listing {
  readonly scan: Scan
  readonly cursor: Cursor
}

const mostScans = 3

/**
 * Lists a Maildir while mail clients may be renaming in it.
 *
 * The mtimes of both directories are taken before, and must be the same after; else it is listed again. If they never
 * are, or if they are too young to tell the next change apart, the cursor's position is empty, so that nothing is
 * believed to be unchanged next time. Known messages that were not met get a second look by base name.
 */
export function listMaildir(directory: string, known: KnownMessages, now: () => Date): Listing {
  const startedAt = now()
  let stamp = stampOf(directory)
  let scan = scanMaildir(directory)
  let stable = false
  for (let scans = 1; !stable; scans++) {
    const after = stampOf(directory)
    stable = positionOf(after) === positionOf(stamp)
    if (stable || scans === mostScans) break
    stamp = after
    scan = scanMaildir(directory)
  }
  lookAgain(directory, scan.places, known)
  const position = stable && isSettled(stamp, startedAt) ? positionOf(stamp) : ''
  return { scan, cursor: { epoch: maildirEpoch, position } }
}

function lookAgain(directory: string, places: Map<string, Place>, known: KnownMessages): void {
  let second: Scan | undefined
  for (const id of known.ids()) {
    if (places.has(id)) continue
    second ??= scanMaildir(directory)
    const place = second.places.get(id)
    if (place !== undefined) places.set(id, place)
  }
}

/** A listing as the contract wants it. A full one, always: a directory tells that it changed, not what. */
export function asChanges(
  { scan, cursor }: Listing,
  { letters, ...hashes }: FolderHashes & { readonly letters: FlagLetters },
  labels?: ReadonlyMap<string, LabelSet>,
): Changes {
  const flagsOfPlace = (place: Place) => letters.flagsOf(lettersOf(place.slice(3)))
  let copies: ReadonlySet<string> | undefined
  function* summaries(): Generator<MessageSummary> {
    copies ??= laterCopies(scan, hashes)
    for (const [base, place] of scan.places) {
      const peer = copies.has(base) ? undefined : peerAmong(base, hashes)
      const flags = flagsOfPlace(place)
      const found = labels?.get(base)
      yield { id: messageId(base), flags, ...(peer !== undefined && { peer }), ...(found && { labels: found }) }
    }
  }
  return { kind: 'full', cursor, messages: { [Symbol.iterator]: summaries } }
}

function peerAmong(base: string, { hash, formerHash }: FolderHashes): MessageId | undefined {
  return peerOf(base, hash) ?? (formerHash === undefined ? undefined : peerOf(base, formerHash))
}

/**
 * Messages that must not claim the `U=` in their names, because another one has it too: clients copy names. The
 * oldest by the time in the name is taken for the original, of those with the present hash if there are any; the others
 * are messages without a peer.
 */
function laterCopies({ places }: Scan, hashes: FolderHashes): ReadonlySet<string> {
  const owners = new Map<string, string>()
  const copies = new Set<string>()
  for (const base of places.keys()) {
    const peer = peerAmong(base, hashes)
    if (peer === undefined) continue
    const owner = owners.get(peer)
    const first = owner === undefined || precedes(base, owner, hashes) ? base : owner
    if (owner !== undefined) copies.add(first === base ? owner : base)
    owners.set(peer, first)
  }
  return copies
}

function precedes(base: string, other: string, { hash }: FolderHashes): boolean {
  const isPresent = peerOf(base, hash) !== undefined
  if (isPresent !== (peerOf(other, hash) !== undefined)) return isPresent
  const difference = timeOf(base) - timeOf(other)
  return difference === 0 ? base < other : difference < 0
}

function timeOf(base: string): number {
  return Number(/^\d+/.exec(base)?.[0] ?? Number.MAX_SAFE_INTEGER)
}
