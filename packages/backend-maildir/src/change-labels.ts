import {
  closeSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  futimesSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { equalFlags, type LabelChange, type LabelSet } from '@mailtide/contracts'
import { asFileError, flushDirectory } from '@mailtide/durable-fs'
import { readLabels, withLabels } from '@mailtide/message-bytes'
import { createBreather } from './breather.ts'
import { labelsNotWritten } from './errors.ts'
import { formatName } from './file-name.ts'
import type { FolderContext } from './folder-context.ts'
import { type OpenMessage, openMessage, readHead } from './message-body.ts'
import { isMissing, placePath } from './message-files.ts'

type LabelsContext = FolderContext & { readonly labelsHeader: string }
type Change = Pick<LabelChange, 'add' | 'drop'>

const chunkSize = 256 * 1024
const attempts = 3

/**
 * Adds and drops labels: each file is written anew in `tmp`, flushed, and renamed over itself, so that its name, and with it
 * the message's id and flags, stays. All but the header of labels stays octet for octet.
 */
export async function changeLabels(
  context: LabelsContext,
  changes: readonly LabelChange[],
  signal: AbortSignal,
): Promise<void> {
  const { directory, durable, files } = context
  const find = files.finder()
  const breathe = createBreather()
  const touched = new Set<string>()
  for (const change of changes) {
    for (const id of change.ids) {
      await breathe()
      signal.throwIfAborted()
      find(id, ({ place }) => {
        const path = placePath(directory, id, place)
        let isWritten = false
        for (let attempt = 1; !isWritten; attempt++) {
          if (attempt > attempts) throw labelsNotWritten(path.toString(), 'another program keeps writing it')
          isWritten = rewrite(context, path, change)
        }
        touched.add(place.slice(0, 3))
      })
    }
  }
  if (durable) for (const part of touched) await flushDirectory(join(directory, part))
}

/** Answers false if the file was changed by another program meanwhile. */
function rewrite(context: LabelsContext, path: string | Buffer, change: Change): boolean {
  const message = openMessage(path, context.restoreAccessTime)
  try {
    const before = fstatSync(message.descriptor, { bigint: true })
    const head = readHead(message)
    const changed = changedHead(head, context.labelsHeader, change, path)
    if (!changed) return true
    const temporary = writeTemporary(context, message, head.length, changed)
    const now = lstatIfThere(path, temporary)
    if (now.ino !== before.ino || now.ctimeNs !== before.ctimeNs) {
      rmSync(temporary)
      return false
    }
    renameSync(temporary, path)
    return true
  } catch (thrown) {
    throw isMissing(thrown) ? thrown : asFileError(path.toString(), thrown)
  } finally {
    message.close()
  }
}

/** Undefined where the labels are already as they should be. */
function changedHead(
  head: Uint8Array,
  header: string,
  { add, drop }: Change,
  path: string | Buffer,
): Uint8Array | undefined {
  const labels: LabelSet = new Set(readLabels(head, header))
  const wanted = labels.union(add).difference(drop)
  if (equalFlags(labels, wanted)) return undefined
  const changed = withLabels(head, header, wanted)
  const written = new Set(readLabels(changed, header))
  if (!equalFlags(written, wanted)) throw labelsNotWritten(path.toString(), 'no header can stand in it')
  return changed
}

function writeTemporary(context: FolderContext, message: OpenMessage, from: number, head: Uint8Array): string {
  const { directory, baseNames, hash, infoSeparator, durable, mtimeFromReceivedAt, timeFromHeader } = context
  const path = join(directory, 'tmp', formatName(baseNames('', hash), '', infoSeparator))
  const { mode, atimeMs, mtimeMs } = fstatSync(message.descriptor)
  const descriptor = openSync(path, 'wx', mode & 0o777)
  try {
    fchmodSync(descriptor, mode & 0o777)
    writeAll(descriptor, head)
    const chunk = Buffer.allocUnsafe(chunkSize)
    for (let position = from; ; ) {
      const count = readSync(message.descriptor, chunk, 0, chunkSize, position)
      if (count === 0) break
      writeAll(descriptor, chunk.subarray(0, count))
      position += count
    }
    // Where the mtime tells when a message was received, or written, it goes on doing so.
    if (mtimeFromReceivedAt || timeFromHeader) futimesSync(descriptor, atimeMs / 1000, mtimeMs / 1000)
    if (durable) fsyncSync(descriptor)
  } catch (thrown) {
    rmSync(path, { force: true })
    throw thrown
  } finally {
    closeSync(descriptor)
  }
  return path
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
}

function lstatIfThere(path: string | Buffer, temporary: string) {
  try {
    return lstatSync(path, { bigint: true })
  } catch (thrown) {
    rmSync(temporary)
    throw thrown
  }
}
