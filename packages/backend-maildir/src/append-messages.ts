import { join } from 'node:path'
import { type Appended, messageId, noFlags, type OutgoingMessage } from '@mailtide/contracts'
import { type NewFile, writeFiles } from '@mailtide/durable-fs'
import { formatName } from './file-name.ts'
import type { FolderContext } from './folder-context.ts'
import { storedForm } from './message-body.ts'
import { partFor } from './part.ts'

/** Stores a batch: each message under its token as base name, in `new` or `cur` by its flags, once it is durable. */
export async function appendMessages(context: FolderContext, batch: readonly OutgoingMessage[]): Promise<Appended[]> {
  const { durable, files } = context
  const named = batch.map((message) => nameOf(context, message))
  const outcomes = await writeFiles(
    batch.map((message, index) => newFile(context, message, named[index]!)),
    { durable },
  )
  return batch.map(({ token }, index): Appended => {
    const error = outcomes[index]
    if (error) return { error }
    const { part, name } = named[index]!
    files.note(messageId(token), part + name.slice(token.length))
    return { id: messageId(token) }
  })
}

interface Named {
  readonly part: string
  readonly name: string
}

function nameOf({ letters, infoSeparator }: FolderContext, { token, flags }: OutgoingMessage): Named {
  const ours = letters.change('', flags, noFlags)
  return { part: partFor(ours), name: formatName(token, ours, infoSeparator) }
}

function newFile(context: FolderContext, message: OutgoingMessage, { part, name }: Named): NewFile {
  const { directory, mtimeFromReceivedAt } = context
  const target = join(directory, part, name)
  const file = { temporary: join(directory, 'tmp', name), target, content: storedForm(message.body, target) }
  const { receivedAt } = message
  const isUsable = mtimeFromReceivedAt && receivedAt !== undefined && Number.isFinite(receivedAt.getTime())
  return isUsable ? { ...file, modifiedAt: receivedAt } : file
}
