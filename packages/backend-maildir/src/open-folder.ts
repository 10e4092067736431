import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { type Folder, type FolderAccess, type LabelChange, messageId } from '@mailtide/contracts'
import { asFileError } from '@mailtide/durable-fs'
import { dateOf } from '@mailtide/message-bytes'
import { appendMessages } from './append-messages.ts'
import { changeLabels } from './change-labels.ts'
import { folderClosed, openedToExamine } from './errors.ts'
import type { FolderContext } from './folder-context.ts'
import { listLabels } from './list-labels.ts'
import { asChanges, listMaildir } from './list-maildir.ts'
import { measureMessages } from './measure-messages.ts'
import { isMissing } from './message-files.ts'
import { discardUnfinished, prepareTemporary } from './prepare-temporary.ts'
import { identifyMessages, readMessages } from './read-messages.ts'
import { changeFlags, notePeers, removeMessages } from './rename-messages.ts'

/** How a folder is opened, and how long it lasts. */
export interface OpenOptions {
  readonly access: FolderAccess
  /** Whether the repository was closed. */
  readonly isOver: () => boolean
}

/** One Maildir as a folder. */
export function openFolder(context: FolderContext, { access, isOver }: OpenOptions): Folder {
  const { directory, files, hash, baseNames, nameTimeFromHeader, now, labelsHeader } = context
  let isClosed = false
  let isTemporaryReady = false

  function toRead(signal: AbortSignal): void {
    signal.throwIfAborted()
    if (isClosed || isOver()) throw folderClosed(directory)
  }

  function toChange(signal: AbortSignal): void {
    toRead(signal)
    if (access === 'examine') throw openedToExamine(directory)
  }

  function toWrite(signal: AbortSignal): void {
    toChange(signal)
    if (!isTemporaryReady) prepareTemporary(directory, now())
    isTemporaryReady = true
  }

  return {
    async isReadOnly(signal) {
      toRead(signal)
      return !isWritable(directory)
    },
    async changes(since, known, signal) {
      toRead(signal)
      try {
        const startedAt = now()
        const listing = listMaildir(directory, known, now)
        files.use(listing.scan)
        if (labelsHeader === undefined) return asChanges(listing, context)
        const { cursor, labels } = await listLabels({ ...context, labelsHeader }, listing, { since, startedAt }, signal)
        return asChanges({ ...listing, cursor }, context, labels)
      } catch (thrown) {
        throw asFileError(directory, thrown)
      }
    },
    async *read(ids, signal) {
      toRead(signal)
      yield* readMessages(context, ids, signal)
    },
    async prepare(messages, signal) {
      toRead(signal)
      return messages.map(({ id, body }) =>
        baseNames(id, hash, nameTimeFromHeader ? timeInHeader(body.head) : undefined),
      )
    },
    async append(batch, signal) {
      toWrite(signal)
      return appendMessages(context, batch)
    },
    async locate(tokens, known, signal) {
      toRead(signal)
      const { places } = files.look()
      const here = tokens.filter((token) => places.has(token) && !known.has(messageId(token)))
      if (access === 'select') discardUnfinished(directory, new Set(tokens).difference(places))
      return new Map(here.map((token) => [token, messageId(token)]))
    },
    async identify(ids, signal) {
      toRead(signal)
      return identifyMessages(context, ids, signal)
    },
    async measure(ids, form, signal) {
      toRead(signal)
      return measureMessages(context, ids, form, signal)
    },
    async changeFlags(changes, signal) {
      toChange(signal)
      await changeFlags(context, changes)
    },
    ...(labelsHeader !== undefined && {
      async changeLabels(changes: readonly LabelChange[], signal: AbortSignal) {
        toWrite(signal)
        await changeLabels({ ...context, labelsHeader }, changes, signal)
      },
    }),
    async remove(ids, signal) {
      toChange(signal)
      await removeMessages(context, ids)
    },
    async notePeers(peers, signal) {
      toChange(signal)
      return notePeers(context, peers)
    },
    async close() {
      isClosed = true
    },
  }
}

/** What OfflineIMAP's `filename_use_mail_timestamp` goes by. */
function timeInHeader(head: Uint8Array): Date | undefined {
  return dateOf(head) ?? dateOf(head, 'Delivery-Date')
}

function isWritable(directory: string): boolean {
  return ['tmp', 'new', 'cur'].every((part) => {
    try {
      accessSync(join(directory, part), constants.W_OK)
      return true
    } catch (thrown) {
      return isMissing(thrown)
    }
  })
}
