import type { BothSides, Cursor, FolderPair, FolderStatus, Pair, Side, Step } from '@mailtide/contracts'
import { equalFlags, otherSide } from '@mailtide/contracts'
import { alignFlags, type FlagsStep } from './align-flags.ts'
import { copyMessages } from './copy-messages.ts'
import { epochChanged, folderReadOnly } from './errors.ts'
import { finishFolder } from './finish-folder.ts'
import { type OpenFolders, withOpen } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import { planSteps } from './plan-steps.ts'
import { type ChangesOfBoth, readChanges } from './read-changes.ts'
import type { PendingRemovals } from './remove-messages.ts'
import { settleIntents } from './settle-intents.ts'
import { createStepQueue, type StepQueue } from './step-queue.ts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'

/**
 * Brings one pair of folders to agreement, all but the removals: these are answered, for the guard to see first. Safe to
 * take up anew after a failure anywhere in it.
 */
export async function syncFolder(
  context: SyncContext,
  paired: PairedFolders,
  tally: Tally,
): Promise<PendingRemovals | undefined> {
  const { folders, mayHaveChanged } = paired
  const status = context.request.status.folder(folders)
  return withOpen(context, folders, async (open) => {
    const opened = { folders, open, status }
    await settleIntents(context, opened)
    const changes = await readChanges(context, opened, mayHaveChanged)
    if (foundNewEpoch(context, folders, status, changes)) return undefined
    if (!status.cursors)
      status.commit({ cursors: { local: unread(changes, 'local'), remote: unread(changes, 'remote') } })
    const queue = createStepQueue(await planSteps(context, opened, changes))
    return carryOut(context, opened, changes, queue, tally)
  })
}

/** New epochs make old ids meaningless: with a baseline of such ids, nothing may be concluded from them. */
function foundNewEpoch(
  context: SyncContext,
  folders: FolderPair,
  { cursors, count }: FolderStatus,
  changes: ChangesOfBoth,
): boolean {
  if (!cursors || count === 0) return false
  for (const side of ['local', 'remote'] as const) {
    const was = cursors[side].epoch
    const is = changes[side].cursor.epoch
    if (was === is) continue
    context.held.epochs++
    context.emit({ type: 'held', folders, reason: 'epoch-changed', messages: count, side })
    context.fail(epochChanged(side, folders[side], was, is), 'folder', { folders, side })
    return true
  }
  return false
}

function unread(changes: ChangesOfBoth, side: Side): Cursor {
  return { epoch: changes[side].cursor.epoch, position: '' }
}

async function carryOut(
  context: SyncContext,
  opened: OpenFolders,
  changes: ChangesOfBoth,
  queue: StepQueue,
  tally: Tally,
): Promise<PendingRemovals | undefined> {
  const { folders, status } = opened
  /** Sides of which not everything reached the other: their cursors stay, so that it is seen again. */
  const behind = new Set<Side>()

  const flags = adopt(
    status,
    queue.takeWhile((step) => step.kind === 'adopt' || step.kind === 'flags'),
  )
  await alignFlags(context, opened, refuseReadOnlyFlags(context, opened, flags, behind), tally)
  for (const to of ['local', 'remote'] as const) {
    const steps = queue.takeWhile((step) => step.kind === 'copy' && step.to === to)
    if (!(await copyUnlessReadOnly(context, opened, to, steps, tally))) behind.add(otherSide(to))
  }
  const removals = sortRemovals(
    context,
    opened,
    queue.takeWhile(() => true),
    behind,
  )

  const cursorOf = (side: Side) =>
    behind.has(side) ? (status.cursors?.[side] ?? unread(changes, side)) : changes[side].cursor
  const cursors: BothSides<Cursor> = { local: cursorOf('local'), remote: cursorOf('remote') }
  if (removals.local.length + removals.remote.length > 0) return { folders, on: removals, cursors, tally }
  status.commit({ cursors })
  finishFolder(context, folders, tally)
  return undefined
}

/** Records what needs no effect, and answers the flags that do. */
function adopt(status: FolderStatus, steps: Iterable<Step>): FlagsStep[] {
  const put: Pair[] = []
  const drop: Pair[] = []
  const flags: FlagsStep[] = []
  for (const step of steps) {
    if (step.kind === 'flags') flags.push(step)
    if (step.kind !== 'adopt') continue
    put.push(step.pair)
    if (step.replaces) drop.push(step.replaces)
  }
  if (put.length > 0) status.commit({ put, drop })
  return flags
}

function refuseReadOnlyFlags(
  context: SyncContext,
  { folders, open }: OpenFolders,
  steps: FlagsStep[],
  behind: Set<Side>,
): FlagsStep[] {
  let possible = steps
  for (const side of ['local', 'remote'] as const) {
    if (!open[side].readOnly) continue
    const refused = possible.filter(({ seen, agreed }) => !equalFlags(seen[side], agreed))
    if (refused.length === 0) continue
    possible = possible.filter((step) => !refused.includes(step))
    behind.add(otherSide(side))
    context.fail(folderReadOnly(side, folders[side], refused.length), 'folder', { folders, side })
  }
  return possible
}

async function copyUnlessReadOnly(
  context: SyncContext,
  opened: OpenFolders,
  to: Side,
  steps: Iterable<Step>,
  tally: Tally,
): Promise<boolean> {
  const sources = (function* () {
    for (const step of steps) if (step.kind === 'copy') yield step.source
  })()
  if (!opened.open[to].readOnly) return copyMessages(context, opened, to, sources, tally)
  const refused = [...sources].length
  if (refused === 0) return true
  context.fail(folderReadOnly(to, opened.folders[to], refused), 'folder', { folders: opened.folders, side: to })
  return false
}

function sortRemovals(
  context: SyncContext,
  { folders, open, status }: OpenFolders,
  steps: Iterable<Step>,
  behind: Set<Side>,
): BothSides<Pair[]> {
  const removals: BothSides<Pair[]> = { local: [], remote: [] }
  const forgotten: Pair[] = []
  for (const step of steps) {
    if (step.kind === 'remove') removals[step.on].push(step.pair)
    if (step.kind === 'forget') forgotten.push(step.pair)
  }
  if (forgotten.length > 0) status.commit({ drop: forgotten })
  for (const side of ['local', 'remote'] as const) {
    if (!open[side].readOnly || removals[side].length === 0) continue
    behind.add(otherSide(side))
    context.fail(folderReadOnly(side, folders[side], removals[side].length), 'folder', { folders, side })
    removals[side].length = 0
  }
  return removals
}
