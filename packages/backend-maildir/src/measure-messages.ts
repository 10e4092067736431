import type { Measure, MessageId } from '@mailtide/contracts'
import { createBreather } from './breather.ts'
import type { FolderContext } from './folder-context.ts'
import { bodyOfFile } from './message-body.ts'
import { openIfThere } from './read-messages.ts'

/** Sizes, in wire form and as the files have them, and mtimes; messages that cannot be read are left out as well. */
export async function measureMessages(
  context: FolderContext,
  ids: readonly MessageId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<MessageId, Measure>> {
  const measures = new Map<MessageId, Measure>()
  const find = context.files.finder()
  const breathe = createBreather()
  for (const id of ids) {
    await breathe()
    signal.throwIfAborted()
    const opened = openIfThere(context, find, id)
    if (!opened || 'error' in opened) continue
    try {
      const body = await bodyOfFile(opened).catch(() => undefined)
      if (body) measures.set(id, { size: body.size, storedSize: opened.size, receivedAt: opened.modifiedAt })
    } finally {
      opened.close()
    }
  }
  return measures
}
