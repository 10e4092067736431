import type { BothSides, MessageId, MessageSummary, Permissions, Side, Step } from '@mailtide/contracts'
import { deltaOf, matchNew, plan, type SideDelta } from '@mailtide/planner'
import type { OpenFolders } from './open-folders.ts'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'

/** Plans a pair of folders, having asked both sides who is who among what is new on both. */
export async function planSteps(
  context: SyncContext,
  opened: OpenFolders,
  changes: ChangesOfBoth,
): Promise<Iterable<Step>> {
  const { local, remote } = context.repositories
  const canStore = { local: local.capabilities.canStore, remote: remote.capabilities.canStore }
  const baseline = opened.status
  const deltas = {
    local: deltaOf(changes.local, 'local', baseline, canStore.local),
    remote: deltaOf(changes.remote, 'remote', baseline, canStore.remote),
  }
  const same = await findSame(context, opened, deltas)
  return plan({ deltas, baseline, canStore, may: permissions(context), same })
}

/** What may be done to each side: nothing where it is read-only, no removal of what the other must not delete here. */
export function permissions({ rules }: SyncContext): Permissions {
  const of = (side: Side, other: Side) => {
    const writable = !rules[side].readOnly
    return { append: writable, changeFlags: writable, remove: writable && rules[other].syncDeletes }
  }
  return { local: of('local', 'remote'), remote: of('remote', 'local') }
}

async function findSame(
  { signal }: SyncContext,
  { open, status }: OpenFolders,
  deltas: BothSides<SideDelta>,
): Promise<Map<MessageId, MessageId>> {
  const isNew = (side: Side) => (message: MessageSummary) => !status.pair(side, message.id)
  const anyNew = (side: Side) => Iterator.from(deltas[side].changed).some(isNew(side))
  if (!anyNew('local') || !anyNew('remote')) return new Map()
  const describe = async (side: Side) => {
    const messages = Iterator.from(deltas[side].changed).filter(isNew(side)).toArray()
    const ids = messages.map(({ id }) => id)
    const folder = await open[side]()
    return { messages, identities: await folder.identify(ids, signal) }
  }
  const [local, remote] = await Promise.all([describe('local'), describe('remote')])
  return matchNew(local, remote)
}
