import type { MessageId, MessageSummary, Side, Window } from '@mailtide/contracts'
import { isInside } from '@mailtide/planner'
import type { OpenFolders } from './open-folders.ts'
import type { SyncContext } from './sync-context.ts'

/** Messages measured in one go; bounds the memory. */
const measuredAtOnce = 10_000

/** Which of a side's messages lie outside of a window. What the store tells nothing of is inside. */
export async function findOutside(
  { signal }: SyncContext,
  open: OpenFolders['open'],
  side: Side,
  messages: Iterable<MessageSummary>,
  window: Window,
): Promise<Set<MessageId>> {
  const outside = new Set<MessageId>()
  if (window.since === undefined && window.maxSize === undefined) return outside
  let unmeasured: MessageId[] = []
  const measure = async () => {
    const folder = await open[side]()
    for (const [id, measured] of await folder.measure(unmeasured, 'stored', signal)) {
      if (!isInside(window, measured)) outside.add(id)
    }
    unmeasured = []
  }
  for (const { id } of messages) if (unmeasured.push(id) >= measuredAtOnce) await measure()
  if (unmeasured.length > 0) await measure()
  return outside
}
