import {
  type FlagChange,
  flagsBetween,
  type MessageId,
  type Pair,
  type Side,
  type Step,
  sortedFlags,
} from '@mailtide/contracts'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'
import type { Tally } from './tally.ts'

/** A step that makes the flags of one pair agree. */
export type FlagsStep = Extract<Step, { kind: 'flags' }>

const batchSize = 1000

/** Carries flag steps out, many messages with the same change together. */
export async function alignFlags(
  { repositories, signal }: SyncContext,
  { open, status }: OpenFolders,
  steps: readonly FlagsStep[],
  tally: Tally,
): Promise<void> {
  for (let start = 0; start < steps.length; start += batchSize) {
    signal.throwIfAborted()
    const batch = steps.slice(start, start + batchSize)
    for (const side of ['local', 'remote'] as const) {
      const changes = changesOn(side, batch, repositories[side].capabilities.canStore)
      if (changes.length === 0) continue
      const folder = await open[side]()
      await folder.changeFlags(changes, signal)
      for (const { pairs, add, drop } of changes) {
        tally.add(side, 'flagged', pairs.length)
        tally.flagged.push({ side, pairs, add, drop })
      }
    }
    status.commit({ put: batch.map(({ pair, agreed }) => ({ ...pair, flags: agreed })) })
  }
}

function changesOn(side: Side, steps: readonly FlagsStep[], canStore: (flag: string) => boolean) {
  const groups = new Map<string, FlagChange & { readonly ids: MessageId[]; readonly pairs: Pair[] }>()
  for (const { pair, seen, agreed } of steps) {
    const between = flagsBetween(seen[side], agreed)
    const add = new Set([...between.add].filter(canStore))
    const drop = new Set([...between.drop].filter(canStore))
    if (add.size + drop.size === 0) continue
    const key = `${sortedFlags(add).join(' ')}|${sortedFlags(drop).join(' ')}`
    const group = groups.get(key)
    if (group) {
      group.ids.push(pair[side])
      group.pairs.push(pair)
    } else groups.set(key, { ids: [pair[side]], pairs: [pair], add, drop })
  }
  return [...groups.values()]
}
