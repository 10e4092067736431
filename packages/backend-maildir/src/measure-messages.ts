import type { Measure, MeasuredForm, MessageId } from '@mailtide/contracts'
import { createBreather } from './breather.ts'
import type { FolderContext } from './folder-context.ts'
import { bodyOfFile, type OpenMessage } from './message-body.ts'
import { openIfThere, withoutLabels } from './read-messages.ts'

/**
 * Sizes and mtimes; a file is only read where its size on the wire is asked for, which is that without labels. What can't be
 * read is left out too.
 */
export async function measureMessages(
  context: FolderContext,
  ids: readonly MessageId[],
  form: MeasuredForm,
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
      const { size } = form === 'wire' ? await wireForm(context, opened) : opened
      if (size !== undefined) measures.set(id, { size, receivedAt: opened.modifiedAt })
    } finally {
      opened.close()
    }
  }
  return measures
}

async function wireForm(context: FolderContext, opened: OpenMessage): Promise<{ readonly size?: number }> {
  return bodyOfFile(opened)
    .then((body) => withoutLabels(context, body))
    .catch(() => ({}))
}
