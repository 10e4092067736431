import type { BothSides, FolderStatus, Window } from '@mailtide/contracts'
import { isWider } from '@mailtide/planner'
import { forgetLabels } from './labels-in-step.ts'
import type { SyncContext } from './sync-context.ts'
import type { LabelPolicy } from './sync-request.ts'

const sides = ['local', 'remote'] as const

/**
 * Cursors jump over what was passed over. Under other rules, or in a wider window, that may now be wanted: all cursors
 * become void, so that everything is compared once more. The note of what is in force is written before any cursor moves:
 * no cursor has jumped over what lies inside of it. Answers whether everything has to be compared; a dry run only says so.
 */
export function voidOutdatedCursors({ request, rules, dryRun }: SyncContext): boolean {
  const { status } = request
  const rulesNow = JSON.stringify(rules)
  const windowNow = JSON.stringify(request.window ?? {})
  const rulesBefore = status.note('rules')
  const windowBefore = status.note('window') ?? '{}'
  const labelsNow = request.labels && noteOf(request.labels)
  const labelsBefore = status.note('labels')
  const areLabelsOutdated = labelsNow !== undefined && labelsNow !== labelsBefore
  const isOutdated =
    rulesBefore !== rulesNow || areLabelsOutdated || isWidened(request.window, readWindows(windowBefore))
  if (dryRun) return isOutdated
  const { keptAs } = JSON.parse(labelsBefore ?? '{}')
  if (areLabelsOutdated && keptAs !== undefined && keptAs !== request.labels?.keptAs) {
    for (const [folders] of [...status.folders()]) forgetLabels(status.folder(folders))
  }
  if (isOutdated) for (const [folders] of [...status.folders()]) voidCursors(status.folder(folders))
  if (rulesBefore !== rulesNow) status.setNote('rules', rulesNow)
  if (windowBefore !== windowNow) status.setNote('window', windowNow)
  if (areLabelsOutdated) status.setNote('labels', labelsNow)
  return isOutdated
}

/** Makes the next look at a pair of folders a look at everything. */
export function voidCursors(status: FolderStatus): void {
  const { cursors } = status
  if (!cursors) return
  status.commit({
    cursors: { local: { ...cursors.local, position: '' }, remote: { ...cursors.remote, position: '' } },
  })
}

function noteOf({ keptAs, ignored }: LabelPolicy): string {
  return JSON.stringify({ keptAs, ignored: [...ignored].sort() })
}

function isWidened(now: BothSides<Window> | undefined, before: Partial<BothSides<Window>>): boolean {
  return sides.some((side) => isWider(now?.[side] ?? {}, before[side] ?? {}))
}

function readWindows(text: string): Partial<BothSides<Window>> {
  return JSON.parse(text, (key, value) => (key === 'since' ? new Date(value) : value))
}
