import type { BothSides, MessageId, Step } from '@mailtide/contracts'
import { deltaOf, plan } from '@mailtide/planner'
import { compareNew } from './compare-new.ts'
import { findRenamed } from './find-renamed.ts'
import type { Compared } from './find-same.ts'
import { permissions } from './permissions.ts'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'
import { twinsOf } from './twins.ts'

/** A plan, and how many new messages of each side it leaves out. */
export interface PlannedSteps {
  readonly steps: Iterable<Step>
  readonly outside: BothSides<number>
}

/** Plans a pair of folders, having asked both sides who is who among what is new on both, and what of it is wanted. */
export async function planSteps(
  context: SyncContext,
  compared: Compared,
  changes: ChangesOfBoth,
  ignored: BothSides<ReadonlySet<MessageId>> | undefined,
): Promise<PlannedSteps> {
  const { local, remote } = context.repositories
  const canStore = { local: local.capabilities.canStore, remote: remote.capabilities.canStore }
  const { folders, status: baseline, labels } = compared
  const deltas = {
    local: deltaOf(changes.local, 'local', baseline, { canStore: canStore.local, labels }),
    remote: deltaOf(changes.remote, 'remote', baseline, { canStore: canStore.remote, labels }),
  }
  const renamed = await findRenamed(context, compared, deltas)
  const twins = twinsOf(context, folders, changes, deltas, baseline)
  const { same, outside } = await compareNew(context, compared, { changes, deltas, renamed, twins, ignored })
  const steps = plan({
    deltas,
    baseline,
    canStore,
    labels,
    may: permissions(context),
    renamed,
    same,
    outside: join(outside, twins),
  })
  return { steps, outside: { local: outside.local.size, remote: outside.remote.size } }
}

function join(one: BothSides<ReadonlySet<MessageId>>, other: BothSides<ReadonlySet<MessageId>>) {
  return { local: one.local.union(other.local), remote: one.remote.union(other.remote) }
}
