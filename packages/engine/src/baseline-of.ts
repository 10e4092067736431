import type { Baseline, MessageId, Pair } from '@mailtide/contracts'

/** A baseline of pairs that are written down nowhere. */
export function baselineOf(pairs: readonly Pair[]): Baseline {
  const byId = { local: new Map<MessageId, Pair>(), remote: new Map<MessageId, Pair>() }
  for (const pair of pairs) {
    byId.local.set(pair.local, pair)
    byId.remote.set(pair.remote, pair)
  }
  return { count: pairs.length, pairs: () => pairs, pair: (side, id) => byId[side].get(id) }
}
