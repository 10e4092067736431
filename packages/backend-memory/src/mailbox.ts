import { type Cursor, equalFlags, type FlagSet, type LabelSet, type MessageId, messageId } from '@mailtide/contracts'
import { identityOf } from '@mailtide/message-bytes'

/** A message's content, before it has an id. */
export interface Content {
  readonly bytes: Uint8Array
  readonly flags: FlagSet
  readonly labels: LabelSet
  readonly receivedAt: Date | undefined
}

/** A message in a mailbox. */
export interface StoredMessage extends Content {
  readonly id: MessageId
  readonly peer: MessageId | undefined
  readonly uid: number
  /** The mailbox's count of changes when this message last changed. */
  readonly changedAt: number
}

/** One folder's mail, with a count of changes that lets it answer what changed since. */
export interface Mailbox {
  cursor(): Cursor
  nextUid(): number
  /** A number that was never handed out before. */
  nextSerial(): number
  get(id: MessageId): StoredMessage | undefined
  messages(): IteratorObject<StoredMessage>
  identity(message: StoredMessage): string
  /** What changed since, or undefined if this position means nothing here. */
  since(cursor: Cursor): { readonly changed: StoredMessage[]; readonly vanished: MessageId[] } | undefined
  add(content: Content): MessageId
  setFlags(id: MessageId, flags: FlagSet): void
  setLabels(id: MessageId, labels: LabelSet): void
  remove(id: MessageId): void
  /** Notes the other side's id in the message's own, as a Maildir does in the file's name. */
  rename(id: MessageId, peer: MessageId): MessageId
  /** Gives every message a new id, and all of them a new epoch. */
  renewEpoch(epoch: string): void
}

/** An empty mailbox, and who is told of each change of it. */
export function createMailbox(firstEpoch: string, changed: () => void): Mailbox {
  const messages = new Map<MessageId, StoredMessage>()
  const gone = new Map<MessageId, number>()
  const identities = new WeakMap<Uint8Array, string>()
  let epoch = firstEpoch
  let changes = 0
  let lastUid = 0
  let serial = 0

  const put = (message: Omit<StoredMessage, 'changedAt'>) => {
    messages.set(message.id, { ...message, changedAt: ++changes })
    changed()
  }
  const drop = (id: MessageId) => {
    if (!messages.delete(id)) return
    gone.set(id, ++changes)
    changed()
  }
  const add = (content: Content) => {
    const uid = ++lastUid
    const id = messageId(String(uid))
    put({ ...content, id, uid, peer: undefined })
    return id
  }

  return {
    cursor: () => ({ epoch, position: String(changes) }),
    nextUid: () => lastUid + 1,
    nextSerial: () => ++serial,
    get: (id) => messages.get(id),
    messages: () => messages.values(),
    identity({ bytes }) {
      let identity = identities.get(bytes)
      if (identity === undefined) {
        identity = identityOf(bytes.length, bytes)
        identities.set(bytes, identity)
      }
      return identity
    },
    since(cursor) {
      const position = /^\d+$/.test(cursor.position) ? Number(cursor.position) : Number.POSITIVE_INFINITY
      if (cursor.epoch !== epoch || position > changes) return undefined
      return {
        changed: [...messages.values().filter((message) => message.changedAt > position)],
        vanished: [...gone].filter(([, at]) => at > position).map(([id]) => id),
      }
    },
    add,
    setFlags(id, flags) {
      const message = messages.get(id)
      if (message && !equalFlags(message.flags, flags)) put({ ...message, flags })
    },
    setLabels(id, labels) {
      const message = messages.get(id)
      if (message && !equalFlags(message.labels, labels)) put({ ...message, labels })
    },
    remove: drop,
    rename(id, peer) {
      const message = messages.get(id)
      const renamed = messageId(message ? `${message.uid},U=${peer}` : id)
      if (!message || renamed === id) return id
      drop(id)
      put({ ...message, id: renamed, peer })
      return renamed
    },
    renewEpoch(newEpoch) {
      const contents = [...messages.values()]
      messages.clear()
      gone.clear()
      epoch = newEpoch
      lastUid = 0
      for (const { bytes, flags, labels, receivedAt } of contents) add({ bytes, flags, labels, receivedAt })
      changed()
    },
  }
}
