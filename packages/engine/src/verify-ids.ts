import {
  type Baseline,
  type BothSides,
  type Changes,
  type FolderStatus,
  type MessageId,
  type MessageSummary,
  otherSide,
  type Side,
} from '@mailtide/contracts'
import { deltaOf, type LabelRules, type SideDelta } from '@mailtide/planner'
import { findOutside } from './find-outside.ts'
import { findRenamed, type RenamedMessages } from './find-renamed.ts'
import { isMarked } from './find-same.ts'
import { labelRulesOf } from './labels-in-step.ts'
import { knownOn, type OpenFolders, withFolders } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import { permissions } from './permissions.ts'
import type { ChangesOfBoth } from './read-changes.ts'
import type { SyncContext } from './sync-context.ts'
import { twinsOf } from './twins.ts'
import { compareFolder, type Seen } from './verify-compare.ts'
import type { Difference, VerifyCounts } from './verify-request.ts'

/** Where nothing was looked at yet. */
export const nothingCounted: VerifyCounts = {
  pairs: 0,
  messages: { local: 0, remote: 0 },
  left: 0,
  compared: 0,
  altered: 0,
  unfinished: 0,
}

/** What ids, flags and labels tell. */
export interface ComparedIds {
  readonly counts: VerifyCounts
  readonly differences: readonly Difference[]
  /** Absent where ids mean nothing any more. */
  readonly news?: FolderNews
}

/** What lies between the store and both sides. */
export interface FolderNews {
  readonly deltas: BothSides<SideDelta>
  readonly renamed: RenamedMessages
}

const sides = ['local', 'remote'] as const
const noMessages: ReadonlySet<MessageId> = new Set()

/** Lists both sides of one pair of folders and compares ids, flags and labels with the store. */
export function compareIds(context: SyncContext, paired: PairedFolders): Promise<ComparedIds> {
  const { folders } = paired
  const status = context.request.status.folder(folders)
  return withFolders(context, folders, async (open) => {
    const labels = labelRulesOf(context, paired)
    const opened = { folders, open, status, labels }
    const pairs = countOf(status.pairs())
    // With a wrong number of pairs a listing may look complete.
    const baseline: Baseline = { count: pairs, pair: status.pair, pairs: status.pairs }
    const miscounted: Difference[] = pairs === status.count ? [] : [{ kind: 'miscounted', noted: status.count, pairs }]
    const all = await listBoth(context, opened)
    const messages = { local: countOf(listed(all.local)), remote: countOf(listed(all.remote)) }
    const counts: VerifyCounts = { ...nothingCounted, pairs, messages, unfinished: status.intents().length }
    const epochs = newEpochs(status, all)
    if (epochs.length > 0) return { counts, differences: epochs }
    const deltas = {
      local: deltaIn(context, 'local', all, baseline, labels),
      remote: deltaIn(context, 'remote', all, baseline, labels),
    }
    const renamed = await findRenamed(context, opened, deltas)
    const { local, remote } = context.repositories
    const { differences, left } = compareFolder({
      deltas,
      baseline,
      seen: {
        local: await seenOn(context, opened, paired, 'local'),
        remote: await seenOn(context, opened, paired, 'remote'),
      },
      may: permissions(context),
      canStore: { local: local.capabilities.canStore, remote: remote.capabilities.canStore },
      labels,
      renamed,
      outside: await leftOut(context, opened, paired, all, deltas),
    })
    return { counts: { ...counts, left }, differences: [...miscounted, ...differences], news: { deltas, renamed } }
  })
}

async function listBoth({ signal }: SyncContext, { open, status }: OpenFolders): Promise<ChangesOfBoth> {
  const list = async (side: Side) => (await open[side]()).changes(undefined, knownOn(side, status), signal)
  const [local, remote] = await Promise.all([list('local'), list('remote')])
  return { local, remote }
}

function listed(changes: Changes): Iterable<MessageSummary> {
  return changes.kind === 'full' ? changes.messages : changes.changed
}

function countOf(items: Iterable<unknown>): number {
  let count = 0
  for (const _ of items) count++
  return count
}

function newEpochs({ cursors, count }: FolderStatus, all: ChangesOfBoth): Difference[] {
  if (!cursors || count === 0) return []
  return sides.flatMap((side): Difference[] => {
    const [was, is] = [cursors[side].epoch, all[side].cursor.epoch]
    return was === is ? [] : [{ kind: 'epoch', side, was, is }]
  })
}

function deltaIn(
  { repositories }: SyncContext,
  side: Side,
  changes: ChangesOfBoth,
  baseline: Baseline,
  labels: LabelRules | undefined,
): SideDelta {
  const { canStore } = repositories[side].capabilities
  return deltaOf(changes[side], side, baseline, { canStore, labels })
}

/** What the next sync will be told of a side: the same questions are asked, with the cursor that stands. */
async function seenOn(
  context: SyncContext,
  opened: OpenFolders,
  { compareAll, mayHaveChanged }: PairedFolders,
  side: Side,
): Promise<Seen> {
  const { status, open } = opened
  const cursor = status.cursors?.[side]
  if (compareAll || !cursor || cursor.position === '') return 'everything'
  if (!mayHaveChanged[side]) return new Set()
  const changes = await (await open[side]()).changes(cursor, knownOn(side, status), context.signal)
  if (changes.kind === 'full') return 'everything'
  const seen = new Set<MessageId>(changes.vanished)
  for (const { id } of changes.changed) seen.add(id)
  return seen
}

/** New messages that a sync leaves where they are: outside of the window, ignored, marked as deleted, twins. */
async function leftOut(
  context: SyncContext,
  { folders, open, status }: OpenFolders,
  { ignored }: PairedFolders,
  all: ChangesOfBoth,
  deltas: BothSides<SideDelta>,
): Promise<BothSides<ReadonlySet<MessageId>>> {
  const twins = twinsOf(context, folders, all, deltas, status)
  const of = async (side: Side): Promise<ReadonlySet<MessageId>> => {
    if (!permissions(context)[otherSide(side)].append) return noMessages
    const fresh = [...deltas[side].changed].filter(({ id }) => status.pair(side, id) === undefined)
    const outside = await findOutside(context, open, side, fresh, context.request.window?.[side] ?? {})
    const isLeft = (message: MessageSummary) =>
      twins[side].has(message.id) ||
      ignored?.[side].has(message.id) ||
      (context.rules[side].passOverDeleted && isMarked(message))
    for (const message of fresh) if (isLeft(message)) outside.add(message.id)
    return outside
  }
  return { local: await of('local'), remote: await of('remote') }
}
