import { type BothSides, type Measure, type MessageId, otherSide, type Side } from '@mailtide/contracts'
import { isInside, type SideDelta } from '@mailtide/planner'
import { type Compared, isMarked, newOn, type SameMessages } from './find-same.ts'
import { permissions } from './permissions.ts'
import type { SyncContext } from './sync-context.ts'

/** Messages measured in one go; bounds the memory. */
const measuredAtOnce = 10_000

/** New messages that are not to be copied from a side: outside of its window, ignored, or marked as deleted there. */
export async function findOutside(
  context: SyncContext,
  compared: Compared,
  deltas: BothSides<SideDelta>,
  found: SameMessages,
  ignored: BothSides<ReadonlySet<MessageId>> | undefined,
): Promise<BothSides<ReadonlySet<MessageId>>> {
  const { rules, request, signal } = context
  const outsideOn = async (side: Side): Promise<ReadonlySet<MessageId>> => {
    const outside = new Set<MessageId>()
    const { since, maxSize } = request.window?.[side] ?? {}
    const hasWindow = since !== undefined || maxSize !== undefined
    const isAnyLeftOut = hasWindow || rules[side].passOverDeleted || (ignored?.[side].size ?? 0) > 0
    if (!isAnyLeftOut || !permissions(context)[otherSide(side)].append) return outside
    const matched = new Set(side === 'local' ? found.same.keys() : found.same.values())
    let toMeasure: MessageId[] = []
    const judge = async () => {
      const unknown = toMeasure.filter((id) => !found.measures[side].has(id))
      const folder = unknown.length > 0 ? await compared.open[side]() : undefined
      const measures: ReadonlyMap<MessageId, Measure> = (await folder?.measure(unknown, signal)) ?? new Map()
      for (const id of toMeasure) {
        const measure = found.measures[side].get(id) ?? measures.get(id)
        if (measure && !isInside(request.window?.[side] ?? {}, measure)) outside.add(id)
      }
      toMeasure = []
    }
    for (const message of newOn(side, compared, deltas)) {
      const { id } = message
      if (matched.has(id)) continue
      if (ignored?.[side].has(id) || (rules[side].passOverDeleted && isMarked(message))) outside.add(id)
      else if (hasWindow && toMeasure.push(id) >= measuredAtOnce) await judge()
    }
    if (toMeasure.length > 0) await judge()
    return outside
  }
  const [local, remote] = await Promise.all([outsideOn('local'), outsideOn('remote')])
  return { local, remote }
}
