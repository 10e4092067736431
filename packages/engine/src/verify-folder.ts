import type { BothSides, FolderStatus, Pair, Side } from '@mailtide/contracts'
import type { SideDelta } from '@mailtide/planner'
import { labelRulesOf } from './labels-in-step.ts'
import { withFolders } from './open-folders.ts'
import type { PairedFolders } from './pair-folders.ts'
import type { SyncContext } from './sync-context.ts'
import { compareIds, nothingCounted } from './verify-ids.ts'
import { compareOctets } from './verify-octets.ts'
import { repairFolder } from './verify-repair.ts'
import type { Difference, FolderVerification, VerifyRequest } from './verify-request.ts'

/** What is done in each folder besides the comparison of ids and flags. */
export interface VerifyDepth {
  readonly deep: VerifyRequest['deep']
  readonly repair: boolean
  /** The same with a new look at whether it may have changed. Waits for a free connection. */
  lookAgain(paired: PairedFolders): Promise<PairedFolders>
}

/** Compares both sides of one pair of folders with the store. Alters nothing on either side. */
export async function verifyFolder(
  context: SyncContext,
  paired: PairedFolders,
  { deep, repair, lookAgain }: VerifyDepth,
): Promise<FolderVerification> {
  const { folders, missingOn, mayHaveChanged } = paired
  const status = context.request.status.folder(folders)
  if (missingOn) return missingFolder(context, paired, missingOn, status.count)
  let ids = await compareIds(context, paired)
  // What came between the survey and the listing is no damage. The folders are closed by now: there may be one connection.
  const isInDoubt = ids.differences.some(isUnseen) && !(mayHaveChanged.local && mayHaveChanged.remote)
  if (isInDoubt) ids = await compareIds(context, await lookAgain(paired))
  const { counts, differences: found, news } = ids
  if (!news || (!deep && !repair)) return { folders, counts, differences: found }
  return withFolders(context, folders, async (open) => {
    const octets = deep ? await compareOctets(context, open, pairsOnBoth(status, news.deltas), deep) : undefined
    const differences = [...found, ...(octets?.differences ?? [])]
    const opened = { folders, open, status, labels: labelRulesOf(context, paired) }
    const repairs = repair ? await repairFolder(context, opened, news, differences) : undefined
    const { compared = 0, altered = 0 } = octets ?? {}
    return { folders, counts: { ...counts, compared, altered }, differences, ...(repairs && { repairs }) }
  })
}

function isUnseen(difference: Difference): boolean {
  return 'outlook' in difference && difference.outlook === 'unseen'
}

/** A folder that is wanted on both sides is made by the next sync; one that may not be made is left as it is. */
function missingFolder(
  { rules }: SyncContext,
  { folders }: PairedFolders,
  missingOn: Side,
  pairs: number,
): FolderVerification {
  const isMade = !rules[missingOn].readOnly && rules[missingOn].createFolders
  return {
    folders,
    counts: { ...nothingCounted, pairs, left: isMade ? 0 : 1 },
    differences: isMade ? [{ kind: 'folder', missingOn }] : [],
  }
}

function* pairsOnBoth(status: FolderStatus, deltas: BothSides<SideDelta>): Generator<Pair> {
  const gone = { local: new Set(deltas.local.vanished), remote: new Set(deltas.remote.vanished) }
  for (const pair of status.pairs()) if (!gone.local.has(pair.local) && !gone.remote.has(pair.remote)) yield pair
}
