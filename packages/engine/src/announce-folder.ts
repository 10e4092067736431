import type { BothSides, Changes, FolderStatus, Side, Step } from '@mailtide/contracts'
import { baselineOf } from './baseline-of.ts'
import { finishFolder } from './finish-folder.ts'
import { labelRulesOf } from './labels-in-step.ts'
import { knownOn, withFolders } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import { planSteps } from './plan-steps.ts'
import type { SyncContext } from './sync-context.ts'
import { announceInheritance, findInheritance } from './take-over.ts'
import type { Tally } from './tally.ts'

type Known = Pick<FolderStatus, 'cursors' | 'count' | 'pair' | 'pairs'>

const nothing: Changes = { kind: 'full', cursor: { epoch: '', position: '' }, messages: [] }
const noStatus: Known = { cursors: undefined, ...baselineOf([]) }

/** A dry run's part in one pair of folders: plans, tells every step, alters nothing on either side or in the status. */
export async function announceFolder(context: SyncContext, paired: PairedFolders, tally: Tally): Promise<void> {
  const { folders, missingOn, compareAll, ignored } = paired
  const status = missingOn ? noStatus : context.request.status.folder(folders)
  await withFolders(context, folders, async (open) => {
    const look = async (side: Side): Promise<Changes> => {
      if (missingOn === side) return nothing
      const folder = await open[side]()
      return folder.changes(compareAll ? undefined : status.cursors?.[side], knownOn(side, status), context.signal)
    }
    const changes: BothSides<Changes> = { local: await look('local'), remote: await look('remote') }
    const inherited = missingOn ? undefined : await findInheritance(context, folders, status, changes)
    if (inherited) announceInheritance(context, folders, inherited.length)
    const baseline = inherited ? baselineOf(inherited) : status
    const labels = labelRulesOf(context, paired)
    const { steps, outside } = await planSteps(context, { folders, open, status: baseline, labels }, changes, ignored)
    for (const step of steps) {
      context.emit({ type: 'step-planned', folders, step })
      count(tally, step)
    }
    tally.outside = outside
  })
  finishFolder(context, folders, tally)
}

function count(tally: Tally, step: Step): void {
  if (step.kind === 'copy') tally.add(step.to, 'copied', 1)
  if (step.kind === 'remove') tally.add(step.on, 'removed', 1)
  if (step.kind !== 'flags' && step.kind !== 'labels') return
  for (const side of ['local', 'remote'] as const) {
    const isChanged = step.seen[side].symmetricDifference(step.agreed).size > 0
    if (isChanged) tally.add(side, step.kind === 'flags' ? 'flagged' : 'labelled', 1)
  }
}
