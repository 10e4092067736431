import type { BothSides, Cursor, FolderPair, FolderStatus, MessageSummary, Pair, Side, Step } from '@mailtide/contracts'
import { equalFlags, otherSide } from '@mailtide/contracts'
import { alignFlags, type FlagsStep } from './align-flags.ts'
import { alignLabels, type LabelsStep } from './align-labels.ts'
import { copyMessages, notePeers } from './copy-messages.ts'
import { epochChanged, folderReadOnly } from './errors.ts'
import { finishFolder } from './finish-folder.ts'
import { labelRulesOf } from './labels-in-step.ts'
import { type OpenFolders, withFolders } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import { planSteps } from './plan-steps.ts'
import { type ChangesOfBoth, readChanges } from './read-changes.ts'
import type { PendingRemovals } from './remove-messages.ts'
import { settleIntents } from './settle-intents.ts'
import { createStepQueue, type StepQueue } from './step-queue.ts'
import type { SyncContext } from './sync-context.ts'
import { announceInheritance, findInheritance } from './take-over.ts'
import type { Tally } from './tally.ts'
import { losesItsTwin } from './twins.ts'

const sides = ['local', 'remote'] as const

/**
 * Brings one pair of folders to agreement, all but the removals: these are answered, for the guard to see first. Safe to
 * take up anew after a failure anywhere in it.
 */
export async function syncFolder(
  context: SyncContext,
  paired: PairedFolders,
  tally: Tally,
): Promise<PendingRemovals | undefined> {
  const { folders, mayHaveChanged, ignored } = paired
  const status = context.request.status.folder(folders)
  return withFolders(context, folders, async (open) => {
    const opened = { folders, open, status, labels: labelRulesOf(context, paired) }
    await settleIntents(context, opened)
    const changes = await readChanges(context, opened, mayHaveChanged)
    if (foundNewEpoch(context, folders, status, changes)) return undefined
    await begin(context, folders, status, changes)
    const { steps, outside } = await planSteps(context, opened, changes, ignored)
    tally.outside = outside
    tally.planned = createCount(steps, tally)
    return carryOut(context, opened, changes, createStepQueue(steps), tally)
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
  for (const side of sides) {
    const was = cursors[side].epoch
    const is = changes[side].cursor.epoch
    if (was === is) continue
    context.held.epochs++
    context.emit({ type: 'held', folders, reason: 'epoch-changed', messages: count, side, was, is })
    context.fail(epochChanged(side, folders[side], was, is), 'folder', { folders, side })
    return true
  }
  return false
}

/**
 * Writes down the epochs before anything that depends on them, and with them, in one commit, what another program left
 * behind: it is asked for once, and a run that is cut off has it either all or not yet.
 */
async function begin(
  context: SyncContext,
  folders: FolderPair,
  status: FolderStatus,
  changes: ChangesOfBoth,
): Promise<void> {
  const { cursors } = status
  if (cursors && sides.every((side) => cursors[side].epoch === changes[side].cursor.epoch)) return
  const put = (await findInheritance(context, folders, status, changes)) ?? []
  status.commit({ put, cursors: { local: unread(changes, 'local'), remote: unread(changes, 'remote') } })
  if (put.length > 0) announceInheritance(context, folders, put.length)
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

  const { flags, labels, adopted } = adopt(
    status,
    queue.takeWhile((step) => step.kind !== 'copy' && step.kind !== 'remove' && step.kind !== 'forget'),
  )
  await alignFlags(context, opened, await possibleSteps(context, opened, flags, behind), tally)
  const labelled = await alignLabels(
    context,
    opened,
    await possibleSteps(context, opened, labels, behind),
    (error, side) => {
      context.fail(error, 'message', { folders, side })
      behind.add(otherSide(side))
    },
  )
  for (const side of sides) tally.add(side, 'labelled', labelled[side])
  await nameAdopted(context, opened, adopted)
  for (const to of sides) await copyTo(context, opened, to, queue, tally, behind)
  const removals = await sortRemovals(
    context,
    opened,
    queue.takeWhile(() => true),
    behind,
  )

  const cursorOf = (side: Side) => {
    // What was taken for a message that now goes has to be copied after all: the next run looks at everything.
    if (losesItsTwin(context, folders, side, removals)) return unread(changes, side)
    return behind.has(side) ? (status.cursors?.[side] ?? unread(changes, side)) : changes[side].cursor
  }
  const cursors: BothSides<Cursor> = { local: cursorOf('local'), remote: cursorOf('remote') }
  if (removals.local.length + removals.remote.length > 0) return { folders, on: removals, cursors, tally }
  status.commit({ cursors })
  finishFolder(context, folders, tally)
  return undefined
}

/** Counts when first asked: what was copied by then, and what a plan that knows of it still copies. */
function createCount(steps: Iterable<Step>, tally: Tally): (to: Side) => number {
  const planned = new Map<Side, number>()
  return (to) => {
    let count = planned.get(to)
    if (count === undefined) {
      count = tally.counts()[to].copied
      for (const step of steps) if (step.kind === 'copy' && step.to === to) count++
      planned.set(to, count)
    }
    return count
  }
}

/** Records what needs no effect, and answers it, and the flags and labels that do. */
function adopt(status: FolderStatus, steps: Iterable<Step>) {
  const put: Pair[] = []
  const drop: Pair[] = []
  const flags: FlagsStep[] = []
  const labels: LabelsStep[] = []
  for (const step of steps) {
    if (step.kind === 'flags') flags.push(step)
    if (step.kind === 'labels') labels.push(step)
    if (step.kind !== 'adopt') continue
    put.push(step.pair)
    if (step.replaces) drop.push(step.replaces)
  }
  if (put.length > 0) status.commit({ put, drop })
  return { flags, labels, adopted: put }
}

/** Lets the sides keep the ids of what was recognised, where they have a place for them: OfflineIMAP knows mail by these alone. */
async function nameAdopted(context: SyncContext, opened: OpenFolders, adopted: readonly Pair[]): Promise<void> {
  for (const side of sides) {
    if (adopted.length === 0 || context.rules[side].readOnly) continue
    // Its flags may have changed since it was adopted.
    const known = adopted.flatMap((pair) => opened.status.pair(side, pair[side]) ?? [])
    const named = await notePeers(await opened.open[side](), side, known, context.signal)
    opened.status.commit({ put: named.filter((pair, index) => pair[side] !== known[index]?.[side]) })
  }
}

/** Leaves out the steps that a folder refuses which its store declares read-only, and says so. */
async function withoutRefused<T>(
  context: SyncContext,
  { folders, open }: OpenFolders,
  side: Side,
  wanted: readonly T[],
  behind: Set<Side>,
): Promise<readonly T[]> {
  if (wanted.length === 0) return wanted
  const folder = await open[side]()
  if (!(await folder.isReadOnly(context.signal))) return wanted
  behind.add(otherSide(side))
  context.fail(folderReadOnly(side, folders[side], wanted.length), 'folder', { folders, side })
  return []
}

async function possibleSteps<AnyStep extends FlagsStep | LabelsStep>(
  context: SyncContext,
  opened: OpenFolders,
  steps: readonly AnyStep[],
  behind: Set<Side>,
): Promise<readonly AnyStep[]> {
  let possible = steps
  for (const side of sides) {
    const alters = ({ seen, agreed }: AnyStep) => !equalFlags(seen[side], agreed)
    const granted = await withoutRefused(context, opened, side, possible.filter(alters), behind)
    possible = [...possible.filter((step) => !alters(step)), ...granted]
  }
  return possible
}

async function copyTo(
  context: SyncContext,
  opened: OpenFolders,
  to: Side,
  queue: StepQueue,
  tally: Tally,
  behind: Set<Side>,
): Promise<void> {
  const isOurs = (step: Step) => step.kind === 'copy' && step.to === to
  if (!queue.isNext(isOurs)) return
  const sources = queue.takeWhile(isOurs)
  const folder = await opened.open[to]()
  if (await folder.isReadOnly(context.signal)) {
    await withoutRefused(context, opened, to, [...sources], behind)
  } else if (!(await copyMessages(context, opened, to, sourcesOf(sources), tally))) behind.add(otherSide(to))
}

function* sourcesOf(steps: Iterable<Step>): Generator<MessageSummary> {
  for (const step of steps) if (step.kind === 'copy') yield step.source
}

async function sortRemovals(
  context: SyncContext,
  opened: OpenFolders,
  steps: Iterable<Step>,
  behind: Set<Side>,
): Promise<BothSides<readonly Pair[]>> {
  const removals: BothSides<Pair[]> = { local: [], remote: [] }
  const forgotten: Pair[] = []
  for (const step of steps) {
    if (step.kind === 'remove') removals[step.on].push(step.pair)
    if (step.kind === 'forget') forgotten.push(step.pair)
  }
  if (forgotten.length > 0) opened.status.commit({ drop: forgotten })
  return {
    local: await withoutRefused(context, opened, 'local', removals.local, behind),
    remote: await withoutRefused(context, opened, 'remote', removals.remote, behind),
  }
}
