import type { BothSides, Cursor, FolderSurvey, Side } from '@mailtide/contracts'
import { heldDeletions } from '@mailtide/planner'
import { announceFolder } from './announce-folder.ts'
import { checkStores } from './check-store.ts'
import { nothingListed } from './errors.ts'
import { askIgnored } from './ignored.ts'
import { byDepth, cursorsOf, type PairedFolders, pairByName, withSurvey } from './pair-folders.ts'
import { type PendingRemovals, removeMessages } from './remove-messages.ts'
import { voidOutdatedCursors } from './rules-in-force.ts'
import { runLimited } from './run-limited.ts'
import { createSyncContext, type SyncContext, withRetry } from './sync-context.ts'
import { syncFolder } from './sync-folder.ts'
import type { SyncReport, SyncRequest } from './sync-request.ts'
import { createTally } from './tally.ts'

/**
 * Makes both sides of an account agree: survey, changes, plan, guard, apply.
 *
 * Everything that adds is done in all folders before anything is removed in any, so that the guard sees all removals
 * of a run. Resolves with a report even where folders or messages failed; rejects with the signal's reason when aborted.
 * Cut off at any instant, the next sync completes it: nothing lost, nothing doubled.
 */
export async function sync(request: SyncRequest): Promise<SyncReport> {
  const context = createSyncContext(request)
  context.emit({ type: 'account-started', dryRun: context.dryRun })
  try {
    await syncAccount(context)
  } catch (error) {
    context.fail(error, 'run')
  }
  const counts = context.tally.counts()
  const failures = context.failures()
  context.emit({ type: 'account-finished', counts, failures })
  return { counts, failures, held: { ...context.held } }
}

/** Of a folder that was missing: nothing was read yet. */
const unknownCursor: Cursor = { epoch: '', position: '' }

async function syncAccount(context: SyncContext): Promise<void> {
  await checkStores(context)
  const compareAll = voidOutdatedCursors(context)
  const known = context.request.status.messageCount
  const ready = await askIgnored(context, await createMissing(context, await pairSurveyed(context, compareAll)))
  const withWork = ready.filter((pair) => needsWork(context, pair))
  context.emit({ type: 'surveyed', folders: ready.length, mayHaveChanged: withWork.length })

  const removals: PendingRemovals[] = []
  const { local, remote } = context.repositories
  const atOnce = Math.min(local.capabilities.connections, remote.capabilities.connections)
  await runLimited(withWork, atOnce, async (pair) => {
    context.signal.throwIfAborted()
    try {
      context.emit({ type: 'folder-started', folders: pair.folders })
      const tally = createTally()
      if (context.dryRun) return await announceFolder(context, pair, tally)
      const pending = await withRetry(context, () => syncFolder(context, pair, tally))
      if (pending) removals.push(pending)
    } catch (error) {
      context.fail(error, 'folder', { folders: pair.folders })
    }
  })
  const held = guardRemovals(context, removals, known + context.inherited.messages)
  await runLimited(removals, atOnce, async (pending) => {
    context.signal.throwIfAborted()
    try {
      await withRetry(context, () => removeMessages(context, pending, held))
    } catch (error) {
      context.fail(error, 'folder', { folders: pending.folders })
    }
  })
}

async function pairSurveyed(context: SyncContext, compareAll: boolean): Promise<PairedFolders[]> {
  const { only, labels } = context.request
  if (only) {
    const pairing = { pairs: only.map((folders) => ({ folders })), leftOut: [] }
    // Which labels there are, and which a folder never tells, only a survey knows.
    const { local, remote } = labels ? await withRetry(context, () => survey(context)) : { local: [], remote: [] }
    return withSurvey(pairing, { local: local.map(isChanged), remote: remote.map(isChanged) }, compareAll)
  }
  const surveys = await withRetry(context, () => survey(context))
  const pathsOf = (side: Side) => surveys[side].map(({ path }) => path)
  const pairFolders = context.request.pairFolders ?? pairByName
  const pairing = await pairFolders({ local: pathsOf('local'), remote: pathsOf('remote') })
  for (const { path, reason } of pairing.leftOut) context.emit({ type: 'folder-skipped', path, reason })
  return withSurvey(pairing, surveys, compareAll)
}

function isChanged(survey: FolderSurvey): FolderSurvey {
  return { ...survey, mayHaveChanged: true }
}

async function survey(context: SyncContext): Promise<BothSides<readonly FolderSurvey[]>> {
  const { repositories, request, signal, account } = context
  const known = [...request.status.folders()]
  const [local, remote] = await Promise.all([
    repositories.local.survey(cursorsOf(known, 'local'), signal),
    repositories.remote.survey(cursorsOf(known, 'remote'), signal),
  ])
  if (remote.length === 0) throw nothingListed(account, 'remote')
  return { local, remote }
}

/** Creates what is missing on one side, parents first; a folder that cannot be created is left out. */
async function createMissing(context: SyncContext, paired: readonly PairedFolders[]): Promise<PairedFolders[]> {
  const { rules, repositories, request, signal, dryRun } = context
  const absent = new Set<PairedFolders>()
  for (const pair of paired.toSorted(byDepth)) {
    const side = pair.missingOn
    if (!side) continue
    const path = pair.folders[side]
    if (rules[side].readOnly || !rules[side].createFolders) {
      const reason = `there is no such folder on the ${side} side, and none may be created there`
      context.emit({ type: 'folder-skipped', path, reason })
      absent.add(pair)
      if (!dryRun && !request.status.folder(pair.folders).cursors) beginAnew(context, pair)
      continue
    }
    try {
      if (!dryRun) {
        beginAnew(context, pair)
        await repositories[side].createFolder(path, signal)
      }
      context.emit({ type: 'folder-created', side, path })
    } catch (error) {
      context.fail(error, 'folder', { folders: pair.folders, side })
      absent.add(pair)
    }
  }
  return paired.filter((pair) => !absent.has(pair))
}

/**
 * A folder that was missing holds nothing that a baseline speaks of: the other side's mail is copied, not removed. Nor
 * does what another program knew of it hold any longer, whoever makes the folder, and wherever a run is cut off.
 */
function beginAnew({ request }: SyncContext, { folders }: PairedFolders): void {
  request.status.folder(folders).reset()
  request.status.folder(folders).commit({ cursors: { local: unknownCursor, remote: unknownCursor } })
}

function needsWork({ request, dryRun }: SyncContext, pair: PairedFolders): boolean {
  const { folders, mayHaveChanged, missingOn, compareAll } = pair
  if (mayHaveChanged.local || mayHaveChanged.remote || compareAll) return true
  const status = request.status.folder(folders)
  return status.cursors === undefined || status.intents().length > 0 || (dryRun && missingOn !== undefined)
}

function guardRemovals(context: SyncContext, pending: readonly PendingRemovals[], known: number): ReadonlySet<Side> {
  const { deletionLimits } = context.request
  if (deletionLimits === 'none') return new Set()
  const total = (side: Side) => pending.reduce((sum, { on }) => sum + on[side].length, 0)
  const held = new Set(heldDeletions({ local: total('local'), remote: total('remote') }, known, deletionLimits))
  for (const { folders, on } of pending) {
    for (const side of held) {
      if (on[side].length === 0) continue
      context.held.deletions += on[side].length
      context.emit({ type: 'held', folders, reason: 'too-many-deletions', messages: on[side].length, side })
    }
  }
  return held
}
