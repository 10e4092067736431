import { type Intent, type MessageId, noFlags, otherSide, type Pair } from '@mailtide/contracts'
import { knownOn, type OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'

/**
 * After a run that was cut off: the appends that arrived become pairs, the others are dropped and planned anew. The
 * pairs start with no flags agreed, so that the merge keeps whatever either side has.
 */
export async function settleIntents({ signal }: SyncContext, { open, status }: OpenFolders): Promise<void> {
  const intents = status.intents()
  for (const to of ['local', 'remote'] as const) {
    const theirs = intents.filter((intent) => intent.to === to)
    if (theirs.length === 0) continue
    const tokens = theirs.map(({ token }) => token)
    const folder = await open[to]()
    const arrived = await folder.locate(tokens, knownOn(to, status), signal)
    const put = theirs.flatMap((intent) => {
      const id = arrived.get(intent.token)
      return id === undefined ? [] : [pairOf(intent, id)]
    })
    status.commit({ put, settled: theirs })
  }
}

function pairOf({ to, source }: Intent, id: MessageId): Pair {
  const ids = { [to]: id, [otherSide(to)]: source } as Pick<Pair, 'local' | 'remote'>
  return { ...ids, flags: noFlags }
}
