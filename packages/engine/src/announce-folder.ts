import type { BothSides, Changes, FolderStatus, Side, Step } from '@mailtide/contracts'
import { deltaOf, plan } from '@mailtide/planner'
import { finishFolder } from './finish-folder.ts'
import { knownOn, openFolder } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import { permissions } from './plan-steps.ts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'

const nothing: Changes = { kind: 'full', cursor: { epoch: '', position: '' }, messages: [] }

/** A dry run's part in one pair of folders: plans, tells every step, alters nothing on either side or in the status. */
export async function announceFolder(context: SyncContext, paired: PairedFolders, tally: Tally): Promise<void> {
  const { folders, missingOn } = paired
  const { local, remote } = context.repositories
  const canStore = { local: local.capabilities.canStore, remote: remote.capabilities.canStore }
  const baseline = missingOn ? noBaseline : context.request.status.folder(folders)
  const changes: BothSides<Changes> = {
    local: await look(context, paired, 'local', baseline),
    remote: await look(context, paired, 'remote', baseline),
  }
  const deltas = {
    local: deltaOf(changes.local, 'local', baseline, canStore.local),
    remote: deltaOf(changes.remote, 'remote', baseline, canStore.remote),
  }
  for (const step of plan({ deltas, baseline, canStore, may: permissions(context) })) {
    context.emit({ type: 'step-planned', folders, step })
    count(tally, step)
  }
  finishFolder(context, folders, tally)
}

type Known = Pick<FolderStatus, 'cursors' | 'count' | 'pair' | 'pairs'>
const noBaseline: Known = { cursors: undefined, count: 0, pair: () => undefined, pairs: () => [] }

async function look(context: SyncContext, paired: PairedFolders, side: Side, baseline: Known): Promise<Changes> {
  if (paired.missingOn === side) return nothing
  const folder = await openFolder(context, paired.folders, side)
  try {
    return await folder.changes(baseline.cursors?.[side], knownOn(side, baseline), context.signal)
  } finally {
    await folder.close()
  }
}

function count(tally: Tally, step: Step): void {
  if (step.kind === 'copy') tally.add(step.to, 'copied', 1)
  if (step.kind === 'remove') tally.add(step.on, 'removed', 1)
  if (step.kind !== 'flags') return
  for (const side of ['local', 'remote'] as const) {
    if (step.seen[side].symmetricDifference(step.agreed).size > 0) tally.add(side, 'flagged', 1)
  }
}
