import { lstatSync, readFileSync, renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type FlagChange, type MessageId, messageId, noFlags } from '@mailtide/contracts'
import { asFileError, flushDirectory } from '@mailtide/durable-fs'
import { createBreather } from './breather.ts'
import { asNameError } from './errors.ts'
import { formatName, lettersOf, peerOf, remarkOf } from './file-name.ts'
import type { FolderContext } from './folder-context.ts'
import { filePath, isMissing, placePath } from './message-files.ts'
import { partFor } from './part.ts'
import type { Place } from './scan.ts'

/** Adds and drops flags, by renaming; only a message whose letters change may move between `new` and `cur`. */
export async function changeFlags(context: FolderContext, changes: readonly FlagChange[]): Promise<void> {
  const { files, letters } = context
  const find = files.finder()
  const breathe = createBreather()
  const touched = new Set<string>()
  for (const { ids, add, drop } of changes) {
    for (const id of ids) {
      await breathe()
      find(id, ({ place }) => {
        const info = place.slice(3)
        const before = lettersOf(info)
        const after = letters.change(before, add, drop)
        if (after !== letters.change(before, noFlags, noFlags)) {
          const flags = after + remarkOf(info)
          rename(context, touched, { id, place }, { base: id, part: partFor(after), letters: flags })
        }
      })
    }
  }
  await flush(context, touched)
}

/** Writes the other side's ids into the names, which become new ones altogether; directory and flags stay. */
export async function notePeers(
  context: FolderContext,
  peers: readonly { readonly id: MessageId; readonly peer: MessageId }[],
): Promise<ReadonlyMap<MessageId, MessageId>> {
  const { files, baseNames, hash } = context
  const find = files.finder()
  const breathe = createBreather()
  const touched = new Set<string>()
  const renamed = new Map<MessageId, MessageId>()
  for (const { id, peer } of peers) {
    const base = baseNames(peer, hash)
    if (peerOf(base, hash) !== peer || peerOf(id, hash) === peer) continue
    await breathe()
    find(id, ({ place }) => {
      // Behind the three characters of `cur` and those of `:2,`.
      rename(context, touched, { id, place }, { base, part: place.slice(0, 3), letters: place.slice(6) })
      renamed.set(id, messageId(base))
    })
  }
  await flush(context, touched)
  return renamed
}

/** Removes messages, with every file of their base name. */
export async function removeMessages(context: FolderContext, ids: readonly MessageId[]): Promise<void> {
  const { directory, files } = context
  const find = files.finder()
  const breathe = createBreather()
  const touched = new Set<string>()
  for (const id of ids) {
    await breathe()
    find(id, ({ place, spares }) => {
      for (const each of [...spares, place]) {
        const path = placePath(directory, id, each)
        unlink(path, each !== place)
        touched.add(each.slice(0, 3))
      }
      files.note(id, undefined)
    })
  }
  await flush(context, touched)
}

interface NewName {
  readonly base: string
  readonly part: string
  /** The flag letters, and what stood behind them. */
  readonly letters: string
}

function rename(
  context: FolderContext,
  touched: Set<string>,
  { id, place }: { readonly id: MessageId; readonly place: Place },
  { base, part, letters }: NewName,
): void {
  const { directory, files, infoSeparator } = context
  const from = placePath(directory, id, place)
  const name = formatName(base, letters, infoSeparator)
  const to = filePath(directory, part, name)
  attempt(from, to, () => {
    makeRoom(context, { from, to, part, letters })
    renameSync(from, to)
  })
  touched.add(part).add(place.slice(0, 3))
  files.note(id, undefined)
  files.note(messageId(base), part + name.slice(base.length))
}

interface WantedName {
  readonly from: string | Buffer
  readonly to: string | Buffer
  readonly part: string
  readonly letters: string
}

/**
 * A second file of the same base name may have the very name that is wanted. If it holds the same bytes it goes; if
 * not, it gets a name of its own, for nothing may be lost by a rename. Where the file system takes `s` for `S`, it may
 * also be the file itself, which has one name only.
 */
function makeRoom({ baseNames, directory, hash, infoSeparator }: FolderContext, wanted: WantedName): void {
  const { from, to, part, letters } = wanted
  const twin = lstatSync(to, { throwIfNoEntry: false })
  if (!twin || (twin.nlink === 1 && twin.ino === lstatSync(from).ino)) return
  if (readFileSync(from).equals(readFileSync(to))) unlinkSync(to)
  else renameSync(to, filePath(directory, part, formatName(baseNames('', hash), letters, infoSeparator)))
}

function unlink(path: string | Buffer, mayBeMissing: boolean): void {
  attempt(path, path, () => {
    try {
      unlinkSync(path)
    } catch (thrown) {
      if (!mayBeMissing || !isMissing(thrown)) throw thrown
    }
  })
}

/** A missing file is for the finder to look for again; any other failure is said with its path. */
function attempt(path: string | Buffer, target: string | Buffer, effect: () => void): void {
  try {
    effect()
  } catch (thrown) {
    throw isMissing(thrown) ? thrown : asNameError(target.toString(), asFileError(path.toString(), thrown))
  }
}

async function flush({ directory, durable }: FolderContext, touched: ReadonlySet<string>): Promise<void> {
  if (!durable) return
  for (const part of touched) await flushDirectory(join(directory, part))
}
