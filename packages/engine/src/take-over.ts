import type { Changes, FolderPair, FolderStatus, MessageSummary, Pair } from '@mailtide/contracts'
import { pairInherited } from '@mailtide/planner'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'

/**
 * What another program left behind of two folders that have no status of their own, as pairs: a baseline like any other,
 * so that everything done on either side since then is seen as such. Undefined if there is none, or if its ids mean
 * nothing any more.
 */
export async function findInheritance(
  { request, emit, signal }: SyncContext,
  folders: FolderPair,
  { cursors, count }: Pick<FolderStatus, 'cursors' | 'count'>,
  changes: ChangesOfBoth,
): Promise<readonly Pair[] | undefined> {
  if (!request.inherit || cursors || count > 0) return undefined
  const inheritance = await request.inherit(folders, signal)
  if (!inheritance) return undefined
  const { remoteEpoch, localEpoch, messages } = inheritance
  const now = { local: changes.local.cursor.epoch, remote: changes.remote.cursor.epoch }
  if (remoteEpoch !== now.remote) {
    emit({ type: 'inheritance-void', folders, was: remoteEpoch, is: now.remote })
    return undefined
  }
  if (localEpoch !== undefined && localEpoch !== now.local) {
    emit({ type: 'inheritance-void', folders, was: localEpoch, is: now.local })
    return undefined
  }
  return pairInherited(messages, { local: listed(changes.local), remote: listed(changes.remote) })
}

/** Says how much was taken over. */
export function announceInheritance({ emit, inherited }: SyncContext, folders: FolderPair, messages: number): void {
  inherited.messages += messages
  emit({ type: 'inherited', folders, messages })
}

function listed(changes: Changes): Iterable<MessageSummary> {
  return changes.kind === 'full' ? changes.messages : changes.changed
}
