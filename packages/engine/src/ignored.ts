import type { BothSides, FolderPair, MessageId, Side } from '@mailtide/contracts'
import type { PairedFolders } from './pair-folders.ts'
import { voidCursors } from './rules-in-force.ts'
import type { SyncContext } from './sync-context.ts'

/**
 * Asks which messages of each folder are never to be copied. Where an id isn't left out any more the cursors become void,
 * so that its message is met once more.
 */
export async function askIgnored(
  context: SyncContext,
  paired: readonly PairedFolders[],
): Promise<readonly PairedFolders[]> {
  const { request, dryRun, signal } = context
  if (!request.ignored) return paired
  const answers: PairedFolders[] = []
  for (const pair of paired) {
    const { folders } = pair
    const [local, remote] = await Promise.all([
      request.ignored(folders, 'local', signal),
      request.ignored(folders, 'remote', signal),
    ])
    const ignored = { local, remote }
    const before = readNote(context, folders)
    const isOutdated = (['local', 'remote'] as const).some((side) => !before[side].isSubsetOf(ignored[side]))
    if (!dryRun) {
      if (isOutdated) voidCursors(request.status.folder(folders))
      writeNote(context, folders, ignored)
    }
    answers.push({ ...pair, ignored, compareAll: pair.compareAll || isOutdated })
  }
  return answers
}

type Ids = BothSides<ReadonlySet<MessageId>>

function noteKey({ local, remote }: FolderPair): string {
  return `ignored ${JSON.stringify([local, remote])}`
}

function readNote({ request }: SyncContext, folders: FolderPair): Ids {
  const { local = [], remote = [] }: Partial<Record<Side, MessageId[]>> = JSON.parse(
    request.status.note(noteKey(folders)) ?? '{}',
  )
  return { local: new Set(local), remote: new Set(remote) }
}

function writeNote({ request }: SyncContext, folders: FolderPair, { local, remote }: Ids): void {
  const key = noteKey(folders)
  const before = request.status.note(key)
  const now = JSON.stringify({ local: [...local].sort(), remote: [...remote].sort() })
  if (before === undefined && local.size + remote.size === 0) return
  if (before !== now) request.status.setNote(key, now)
}
