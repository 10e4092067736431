import { type Dir, opendirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseName } from './file-name.ts'

/**
 * Where a message's file is: the directory and the info part of its name, as in `cur:2,S` or `new`. With the base
 * name that is all, and as there are few different ones a listing holds little more than base names.
 */
export type Place = string

/** Every message that one look at a Maildir found. */
export interface Scan {
  /** By base name. Of several files with one base name, that in `cur` stands for the message, or the last by name. */
  readonly places: Map<string, Place>
  /** The other files of a base name that has several. */
  readonly spares: ReadonlyMap<string, readonly Place[]>
}

/** The mtimes of `new` and `cur`, in nanoseconds. */
export interface Stamp {
  readonly new: bigint
  readonly cur: bigint
}

/** The mtimes as they are. Throws if one of the two directories is missing. */
export function stampOf(directory: string): Stamp {
  const mtime = (name: string) => statSync(join(directory, name), { bigint: true }).mtimeNs
  return { new: mtime('new'), cur: mtime('cur') }
}

/** A stamp as the position of a cursor. */
export function positionOf(stamp: Stamp): string {
  return `${stamp.new}:${stamp.cur}`
}

/**
 * Whether a stamp tells the last change apart from the next: the clock of a file system is coarse, so that two changes
 * within a moment may leave the same mtime.
 */
export function isSettled(stamp: Stamp, now: Date): boolean {
  const latest = BigInt(now.getTime() - 2000) * 1_000_000n
  return stamp.new <= latest && stamp.cur <= latest
}

/** Lists both directories, `new` first: a message that a client moves to `cur` meanwhile is met twice, never missed. */
export function scanMaildir(directory: string): Scan {
  const places = new Map<string, Place>()
  const spares = new Map<string, Place[]>()
  const sharedPlace = createSharing()
  for (const part of ['new', 'cur']) {
    for (const name of namesIn(join(directory, part))) {
      const { base, info } = parseName(name)
      const place = sharedPlace(part + info)
      const other = places.get(base)
      const stays = other?.startsWith(part) && other > place
      if (other !== undefined) spares.set(base, [...(spares.get(base) ?? []), stays ? place : other])
      if (!stays) places.set(base, place)
    }
  }
  return { places, spares }
}

/** One string for all that are equal: a hundred thousand messages have a handful of places. */
function createSharing(): (text: string) => string {
  const shared = new Map<string, string>()
  return (text) => {
    const first = shared.get(text)
    if (first === undefined) shared.set(text, text)
    return first ?? text
  }
}

/**
 * The names of the files in `new` or `cur`. Latin1 keeps names of any octets apart and brings them back; ids are therefore
 * Latin1 where names are not ASCII.
 */
export function* namesIn(directory: string): Generator<string> {
  const entries: Dir = opendirSync(directory, { encoding: 'latin1', bufferSize: 1024 })
  try {
    for (let entry = entries.readSync(); entry; entry = entries.readSync()) {
      if (!entry.name.startsWith('.') && !entry.isDirectory()) yield entry.name
    }
  } finally {
    entries.closeSync()
  }
}
