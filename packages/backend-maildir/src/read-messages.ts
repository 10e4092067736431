import { type Body, type IncomingMessage, MailtideError, type MessageId, type Unreadable } from '@mailtide/contracts'
import { identityOf, withChangedHeader, withoutHeaders } from '@mailtide/message-bytes'
import { createBreather } from './breather.ts'
import { unreadable } from './errors.ts'
import { lettersOf } from './file-name.ts'
import type { FolderContext } from './folder-context.ts'
import { bodyOfFile, type OpenMessage, openMessage } from './message-body.ts'
import { type Finder, placePath } from './message-files.ts'

interface Opened extends OpenMessage {
  readonly letters: string
}

/** The messages with these ids, each open only while it is looked at; those that are gone are left out. */
export async function* readMessages(
  context: FolderContext,
  ids: readonly MessageId[],
  signal: AbortSignal,
): AsyncGenerator<IncomingMessage | Unreadable> {
  const find = context.files.finder()
  const breathe = createBreather()
  for (const id of ids) {
    await breathe()
    signal.throwIfAborted()
    const opened = openIfThere(context, find, id)
    if (!opened) continue
    if ('error' in opened) {
      yield opened
      continue
    }
    try {
      yield await incoming(context, id, opened)
    } finally {
      opened.close()
    }
  }
}

/**
 * What tells each message from all others (`identityOf` its wire form), whatever labels stand in it; unreadable ones are
 * left out as well.
 */
export async function identifyMessages(
  context: FolderContext,
  ids: readonly MessageId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<MessageId, string>> {
  const identities = new Map<MessageId, string>()
  for await (const message of readMessages(context, ids, signal)) {
    if (!('body' in message)) continue
    const { size, head } = await withoutLabels(context, message.body)
    identities.set(message.id, identityOf(size, head))
  }
  return identities
}

/** A body as it is on a server that has labels of its own. */
export async function withoutLabels({ labelsHeader }: FolderContext, body: Body): Promise<Body> {
  return labelsHeader === undefined ? body : withChangedHeader(body, (header) => withoutHeaders(header, [labelsHeader]))
}

/** Opens a message's file; undefined if it is gone. */
export function openIfThere(
  { directory, restoreAccessTime }: FolderContext,
  find: Finder,
  id: MessageId,
): Opened | Unreadable | undefined {
  let path: string | Buffer = directory
  try {
    return find(id, ({ place }) => {
      path = placePath(directory, id, place)
      return { ...openMessage(path, restoreAccessTime), letters: lettersOf(place.slice(3)) }
    })
  } catch (thrown) {
    if (thrown instanceof MailtideError && thrown.scope !== 'message') throw thrown
    return { id, error: unreadable(path.toString(), thrown) }
  }
}

async function incoming(
  { letters }: FolderContext,
  id: MessageId,
  opened: Opened,
): Promise<IncomingMessage | Unreadable> {
  try {
    const body = await bodyOfFile(opened)
    return { id, flags: letters.flagsOf(opened.letters), receivedAt: opened.modifiedAt, body }
  } catch (thrown) {
    return { id, error: unreadable(opened.path, thrown) }
  }
}
