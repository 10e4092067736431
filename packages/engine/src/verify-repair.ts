import { type FolderStatus, type MessageSummary, noFlags, type Pair, type Side } from '@mailtide/contracts'
import { findSame } from './find-same.ts'
import type { OpenFolders } from './open-folders.ts'
import { voidCursors } from './rules-in-force.ts'
import type { SyncContext } from './sync-context.ts'
import type { FolderNews } from './verify-ids.ts'
import type { Difference, Repairs } from './verify-request.ts'

const sides = ['local', 'remote'] as const

/**
 * Mends what the store says wrongly, and touches no mail: pairs that are gone on both sides are forgotten, messages that now
 * have another id are paired anew by their identity, and where the next sync would not see a difference it lists all.
 */
export async function repairFolder(
  context: SyncContext,
  opened: OpenFolders,
  news: FolderNews,
  differences: readonly Difference[],
): Promise<Repairs | undefined> {
  const { status } = opened
  const gone = differences.flatMap((difference) =>
    difference.kind === 'gone' && difference.from === 'both' ? [difference.ids] : [],
  )
  const wrong = await findMispaired(context, opened, news, differences)
  const put: Pair[] = [...wrong.put]
  const drop: Pick<Pair, Side>[] = [...gone, ...wrong.drop]
  for (const side of sides) {
    for (const [found, old] of news.renamed[side]) {
      const pair = status.pair(side, old)
      if (!pair) continue
      drop.push(pair)
      put.push({ ...pair, [side]: found })
    }
  }
  const recounted = differences.some(({ kind }) => kind === 'miscounted')
  if (recounted) recount(status)
  const isUnseen = differences.some((difference) => 'outlook' in difference && difference.outlook === 'unseen')
  const reset = status.cursors !== undefined && (isUnseen || recounted || put.length > 0)
  if (drop.length + put.length > 0) status.commit({ drop, put })
  if (reset) voidCursors(status)
  const repairs = { forgotten: gone.length, paired: put.length, recounted, reset }
  return gone.length + put.length > 0 || recounted || reset ? repairs : undefined
}

/** Writes everything down once more, which counts it. Cut off in between, the next sync pairs by identity. */
function recount(status: FolderStatus): void {
  const { cursors } = status
  const put = [...status.pairs()]
  const intents = status.intents()
  status.reset()
  status.commit({ put, ...(cursors && { cursors }) })
  if (intents.length > 0) status.intend(intents)
}

/**
 * Pairs of which the octets differ, and so do their identities: the message of either side may belong to another. Who belongs
 * to whom is asked of all of them and of what is new; a pair for whose messages no other is found stays.
 */
async function findMispaired(
  context: SyncContext,
  opened: OpenFolders,
  { deltas, renamed }: FolderNews,
  differences: readonly Difference[],
): Promise<{ readonly put: readonly Pair[]; readonly drop: readonly Pair[] }> {
  const { status, open } = opened
  const unlike = differences.flatMap((difference) =>
    difference.kind === 'octets' ? (status.pair('local', difference.ids.local) ?? []) : [],
  )
  if (unlike.length === 0) return { put: [], drop: [] }
  const identify = async (side: Side) => {
    const ids = unlike.map((pair) => pair[side])
    return (await open[side]()).identify(ids, context.signal)
  }
  const identities = { local: await identify('local'), remote: await identify('remote') }
  const wrong = unlike.filter((pair) => identities.local.get(pair.local) !== identities.remote.get(pair.remote))
  const candidates = (side: Side): MessageSummary[] => [
    ...wrong.map((pair) => ({ id: pair[side], flags: pair.flags })),
    ...newOn(side, deltas, status).filter(({ id }) => !renamed[side].has(id)),
  ]
  const put: Pair[] = []
  const drop = new Set<Pair>()
  const byId = {
    local: new Map(wrong.map((pair) => [pair.local, pair])),
    remote: new Map(wrong.map((pair) => [pair.remote, pair])),
  }
  const sought = { local: candidates('local'), remote: candidates('remote') }
  for (const [local, remote] of await findSame(context, opened, sought)) {
    const before = [byId.local.get(local), byId.remote.get(remote)].filter((pair) => pair !== undefined)
    if (before.length === 0) continue
    for (const pair of before) drop.add(pair)
    // Nothing counts as agreed, so that the merge keeps the flags of both.
    put.push({ local, remote, flags: noFlags })
  }
  return { put, drop: [...drop] }
}

function newOn(side: Side, deltas: FolderNews['deltas'], status: FolderStatus): MessageSummary[] {
  return [...deltas[side].changed].filter(({ id }) => status.pair(side, id) === undefined)
}
