import { join } from 'node:path'
import { type Appended, messageId, noFlags, type OutgoingMessage } from '@mailtide/contracts'
import { type NewFile, writeFiles } from '@mailtide/durable-fs'
import { dateOf, readLabels, withChangedHeader, withLabels } from '@mailtide/message-bytes'
import { asNameError } from './errors.ts'
import { formatName } from './file-name.ts'
import type { FolderContext } from './folder-context.ts'
import { storedForm } from './message-body.ts'
import { partFor } from './part.ts'

/** Stores a batch: each message under its token as base name, in `new` or `cur` by its flags, once it is durable. */
export async function appendMessages(context: FolderContext, batch: readonly OutgoingMessage[]): Promise<Appended[]> {
  const labelled = await Promise.all(batch.map((message) => withLabelsOf(context, message)))
  const files = labelled.map((message) => newFile(context, message))
  const outcomes = await writeFiles(files, { durable: context.durable })
  return labelled.map(({ token, labels }, index) => {
    const error = outcomes[index]
    if (error) return { error: asNameError(files[index]?.target ?? token, error) }
    return { id: messageId(token), ...(labels && { labels }) }
  })
}

/** The message with its labels in the header for them, in the place of what stood there. */
async function withLabelsOf({ labelsHeader }: FolderContext, message: OutgoingMessage): Promise<OutgoingMessage> {
  const { labels, ...bare } = message
  if (labelsHeader === undefined || !labels) return bare
  const body = await withChangedHeader(message.body, (header) => withLabels(header, labelsHeader, labels))
  return { ...bare, body, labels: new Set(readLabels(body.head, labelsHeader)) }
}

function newFile(context: FolderContext, message: OutgoingMessage): NewFile {
  const { directory, letters, infoSeparator } = context
  const { token, flags, body } = message
  const ours = letters.change('', flags, noFlags)
  const name = formatName(token, ours, infoSeparator)
  const target = join(directory, partFor(ours), name)
  const file = { temporary: join(directory, 'tmp', name), target, content: storedForm(body, target) }
  const modifiedAt = timeOf(context, message)
  return modifiedAt === undefined ? file : { ...file, modifiedAt }
}

function timeOf(context: FolderContext, { body, receivedAt }: OutgoingMessage): Date | undefined {
  const written = context.timeFromHeader ? dateOf(body.head) : undefined
  if (written !== undefined) return written
  const isUsable = receivedAt !== undefined && Number.isFinite(receivedAt.getTime())
  return context.mtimeFromReceivedAt && isUsable ? receivedAt : undefined
}
