import type { Appended, FlagSet, Folder, FolderPath, KnownMessages, MessageId } from '@mailtide/contracts'
import { bytesOf, identityOf } from '@mailtide/message-bytes'
import { flagSet, labelSet } from './content.ts'
import { carryOut, type EffectHooks } from './effects.ts'
import type { Mailbox, StoredMessage } from './mailbox.ts'
import { measureOf, outgoing, summaryOf as summarise } from './reading.ts'
import { parseToken, tokenOf } from './token.ts'

/** How a memory folder answers, and what befalls it. */
export interface FolderBehaviour extends EffectHooks {
  canStore(flag: string): boolean
  readonly changes: 'delta' | 'full'
  readonly notesPeers: boolean
  readonly labels: boolean | 'apart'
  /** An error for a message that cannot be stored; its neighbours are. */
  refuseAppend?(bytes: Uint8Array): Error | undefined
  /** An error for a message that cannot be read; its neighbours are. */
  refuseRead?(id: MessageId): Error | undefined
}

/** What a folder is opened with. */
export interface OpenFolder {
  readonly path: FolderPath
  readonly readOnly: boolean
  /** The mail as it is now. Throws when the folder is closed, gone, or the call was given up. */
  mailbox(signal: AbortSignal): Mailbox
  /** The same for a change: throws also where nothing may be altered. */
  writable(signal: AbortSignal): Mailbox
  close(): void
}

/** A folder of messages in memory. */
export function createFolder(open: OpenFolder, behaviour: FolderBehaviour): Folder {
  const { path, readOnly, mailbox, writable } = open
  const storable = (flags: Iterable<string>): FlagSet => flagSet([...flags].filter((flag) => behaviour.canStore(flag)))

  const folder: Folder = {
    async isReadOnly(signal) {
      mailbox(signal)
      return readOnly
    },
    async changes(since, known, signal) {
      const mail = mailbox(signal)
      const cursor = mail.cursor()
      const delta = since && behaviour.changes === 'delta' ? mail.since(since) : undefined
      const summaryOf = (message: StoredMessage) => summarise(message, behaviour.labels !== false)
      if (!delta) return { kind: 'full', cursor, messages: [...mail.messages().map(summaryOf)] }
      const vanished = delta.vanished.filter((id) => known.has(id))
      return { kind: 'delta', cursor, changed: delta.changed.map(summaryOf), vanished }
    },
    async *read(ids, signal) {
      for (const id of ids) {
        const stored = mailbox(signal).get(id)
        if (!stored) continue
        const error = behaviour.refuseRead?.(id)
        if (error) {
          yield { id, error }
          continue
        }
        const { message, expire } = outgoing(stored)
        try {
          yield message
        } finally {
          expire()
        }
      }
    },
    async prepare(messages, signal) {
      const mail = mailbox(signal)
      const place = { epoch: mail.cursor().epoch, nextUid: mail.nextUid() }
      return messages.map(({ body }) =>
        tokenOf({ ...place, identity: identityOf(body.size, body.head), serial: mail.nextSerial() }),
      )
    },
    async append(batch, signal) {
      const outcomes: Appended[] = []
      for (const { body, flags, labels, receivedAt } of batch) {
        writable(signal)
        const bytes = Uint8Array.from(await bytesOf(body))
        const error = behaviour.refuseAppend?.(bytes)
        const kept = behaviour.labels === true && labels ? { labels } : {}
        const content = { bytes, flags: storable(flags), labels: labelSet(kept.labels ?? []), receivedAt }
        const store = () => ({ id: writable(signal).add(content), ...kept })
        outcomes.push(error ? { error } : await carryOut(behaviour, { kind: 'append', folder: path, bytes }, store))
      }
      return outcomes
    },
    async locate(tokens, known, signal) {
      const mail = mailbox(signal)
      const taken = new Set<MessageId>()
      const located = new Map<string, MessageId>()
      for (const token of tokens) {
        const id = arrival(mail, token, known, taken)
        if (id === undefined) continue
        taken.add(id)
        located.set(token, id)
      }
      return located
    },
    async identify(ids, signal) {
      const mail = mailbox(signal)
      const messages = ids.map((id) => mail.get(id)).filter((message) => message !== undefined)
      return new Map(messages.map((message) => [message.id, mail.identity(message)]))
    },
    async measure(ids, _form, signal) {
      const mail = mailbox(signal)
      const messages = ids.map((id) => mail.get(id)).filter((message) => message !== undefined)
      return new Map(messages.map((message) => [message.id, measureOf(message)]))
    },
    async changeFlags(changes, signal) {
      for (const { ids, add, drop } of changes) {
        for (const id of ids) {
          const now = writable(signal).get(id)?.flags
          if (!now || (storable(add).isSubsetOf(now) && drop.isDisjointFrom(now))) continue
          await carryOut(behaviour, { kind: 'flags', folder: path, id }, () => {
            const flags = writable(signal).get(id)?.flags
            if (flags) writable(signal).setFlags(id, flagSet(flags.union(storable(add)).difference(drop)))
          })
        }
      }
    },
    async remove(ids, signal) {
      for (const id of ids) {
        if (!writable(signal).get(id)) continue
        await carryOut(behaviour, { kind: 'remove', folder: path, id }, () => writable(signal).remove(id))
      }
    },
    async close() {
      open.close()
    },
  }
  if (behaviour.labels) {
    folder.changeLabels = async (changes, signal) => {
      for (const { ids, add, drop } of changes) {
        for (const id of ids) {
          const now = writable(signal).get(id)?.labels
          if (!now || (add.isSubsetOf(now) && drop.isDisjointFrom(now))) continue
          await carryOut(behaviour, { kind: 'labels', folder: path, id }, () => {
            const labels = writable(signal).get(id)?.labels
            if (labels) writable(signal).setLabels(id, labelSet(labels.union(add).difference(drop)))
          })
        }
      }
    }
  }
  if (!behaviour.notesPeers) return folder
  return {
    ...folder,
    async notePeers(peers, signal) {
      const renamed = new Map<MessageId, MessageId>()
      for (const { id, peer } of peers) {
        const message = writable(signal).get(id)
        if (!message || message.peer === peer) continue
        const effect = { kind: 'rename', folder: path, id } as const
        renamed.set(id, await carryOut(behaviour, effect, () => writable(signal).rename(id, peer)))
      }
      return renamed
    },
  }
}

function arrival(
  mail: Mailbox,
  text: string,
  known: KnownMessages,
  taken: ReadonlySet<MessageId>,
): MessageId | undefined {
  const token = parseToken(text)
  if (token?.epoch !== mail.cursor().epoch) return undefined
  const isIt = (message: ReturnType<Mailbox['get']> & object) =>
    message.uid >= token.nextUid &&
    !taken.has(message.id) &&
    !known.has(message.id) &&
    mail.identity(message) === token.identity
  return mail.messages().find(isIt)?.id
}
