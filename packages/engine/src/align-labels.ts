import {
  type BothSides,
  flagsBetween,
  type LabelChange,
  type MessageId,
  type Side,
  type Step,
} from '@mailtide/contracts'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'

/** A step that makes the labels of one pair agree. */
export type LabelsStep = Extract<Step, { kind: 'labels' }>

const batchSize = 1000

/**
 * Carries label steps out, many messages with the same change together. A label that a store refuses is told, and what has
 * nothing to do with it goes on. Answers of how many messages the labels were changed.
 */
export async function alignLabels(
  { signal }: SyncContext,
  { open, status }: OpenFolders,
  steps: readonly LabelsStep[],
  fail: (error: unknown, side: Side) => void,
): Promise<BothSides<number>> {
  const changed = { local: 0, remote: 0 }
  for (let start = 0; start < steps.length; start += batchSize) {
    signal.throwIfAborted()
    const batch = steps.slice(start, start + batchSize)
    const refused = new Set<LabelsStep>()
    for (const side of ['local', 'remote'] as const) {
      for (const { steps: alike, change } of changesOn(side, batch)) {
        const folder = await open[side]()
        try {
          await folder.changeLabels?.([change], signal)
          changed[side] += alike.length
        } catch (error) {
          fail(error, side)
          for (const step of alike) refused.add(step)
        }
      }
    }
    const done = batch.filter((step) => !refused.has(step))
    // Flags may have been written down since the step was planned.
    status.commit({
      put: done.map(({ pair, agreed }) => ({ ...(status.pair('local', pair.local) ?? pair), labels: agreed })),
    })
  }
  return changed
}

interface AlikeSteps {
  readonly steps: LabelsStep[]
  readonly change: LabelChange & { readonly ids: MessageId[] }
}

function changesOn(side: Side, steps: readonly LabelsStep[]): Iterable<AlikeSteps> {
  const groups = new Map<string, AlikeSteps>()
  for (const step of steps) {
    const { add, drop } = flagsBetween(step.seen[side], step.agreed)
    if (add.size + drop.size === 0) continue
    const key = JSON.stringify([[...add].sort(), [...drop].sort()])
    const group = groups.get(key) ?? { steps: [], change: { ids: [], add, drop } }
    groups.set(key, group)
    group.steps.push(step)
    group.change.ids.push(step.pair[side])
  }
  return groups.values()
}
