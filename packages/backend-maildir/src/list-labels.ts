import { type Cursor, createSetInterner, type LabelSet, messageId } from '@mailtide/contracts'
import { readLabels } from '@mailtide/message-bytes'
import { createBreather } from './breather.ts'
import { changeTimeOf, joinPosition, splitPosition } from './file-changes.ts'
import type { FolderContext } from './folder-context.ts'
import type { Listing } from './list-maildir.ts'
import { readHead } from './message-body.ts'
import { placePath } from './message-files.ts'
import { openIfThere } from './read-messages.ts'

/** What is asked for: labels that may have changed since a cursor, at a time. */
export interface LabelsRequest {
  readonly since: Cursor | undefined
  readonly startedAt: Date
}

/**
 * The labels of those files of a listing that changed since a cursor, by base name, and the cursor for the next time. Every
 * file costs a stat, and one that changed the reading of its header. What was changed within two seconds before the listing
 * is read once more the next time, as the clocks of file systems are coarse.
 */
export async function listLabels(
  context: FolderContext & { readonly labelsHeader: string },
  { scan, cursor }: Listing,
  { since, startedAt }: LabelsRequest,
  signal: AbortSignal,
): Promise<{ readonly cursor: Cursor; readonly labels: ReadonlyMap<string, LabelSet> }> {
  const { directory, labelsHeader, files } = context
  const read = splitPosition(since?.epoch === cursor.epoch ? since.position : '').newest
  // A clock that was set back makes changes look old.
  const isUsable = read !== undefined && read <= BigInt(startedAt.getTime()) * 1_000_000n
  const breathe = createBreather()
  const intern = createSetInterner()
  const find = files.finder()
  const labels = new Map<string, LabelSet>()
  let newest = 0n
  for (const [base, place] of scan.places) {
    await breathe()
    signal.throwIfAborted()
    let changed: bigint | undefined
    for (const each of [place, ...(scan.spares.get(base) ?? [])]) {
      changed = changeTimeOf(placePath(directory, base, each))
      if (changed !== undefined && changed > newest) newest = changed
      if (each === place && isUsable && changed !== undefined && changed <= read) continue
      if (each !== place) continue
      const opened = openIfThere(context, find, messageId(base))
      if (!opened || 'error' in opened) continue
      try {
        labels.set(base, intern(readLabels(readHead(opened), labelsHeader)))
      } finally {
        opened.close()
      }
    }
  }
  const safe = BigInt(startedAt.getTime() - 2000) * 1_000_000n
  const isSettled = cursor.position !== '' && newest <= safe
  const position = isSettled ? joinPosition(cursor.position, newest) : joinPosition('', newest < safe ? newest : safe)
  return { cursor: { ...cursor, position }, labels }
}
