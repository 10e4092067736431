import type { Flag, FolderPath, Label, MessageId } from '@mailtide/contracts'
import { contentOf, flagSet, labelSet, type MemoryMail } from './content.ts'
import { noSuchFolder, noSuchMessage } from './errors.ts'
import type { StoredMessage } from './mailbox.ts'
import type { Store } from './store.ts'

/** A message as a test sees it. */
export type MemoryMessage = Pick<StoredMessage, 'id' | 'bytes' | 'flags' | 'labels' | 'receivedAt' | 'peer'>

/** A folder for tests to look into and to edit, past all hooks. */
export interface MailboxHandle {
  readonly path: FolderPath
  exists(): boolean
  /** Creates it and the folders above it, where they are missing. */
  create(): void
  delete(): void
  list(): readonly MemoryMessage[]
  /** Stores a message and answers its id. */
  add(mail: MemoryMail): MessageId
  setFlags(id: MessageId, flags: Iterable<Flag>): void
  setLabels(id: MessageId, labels: Iterable<Label>): void
  remove(id: MessageId): void
  /** Gives every message a new id, as a server does whose UIDVALIDITY changes. */
  renewEpoch(): void
}

/** A handle on a folder that may come and go. */
export function createMailboxHandle(path: FolderPath, store: Store, canStore: (flag: Flag) => boolean): MailboxHandle {
  const storable = (flags: Iterable<Flag>) => flagSet([...flags].filter(canStore))
  const existing = () => {
    const mailbox = store.mailboxes().get(path)
    if (!mailbox) throw noSuchFolder(path)
    return mailbox
  }
  const holding = (id: MessageId) => {
    const mailbox = existing()
    if (!mailbox.get(id)) throw noSuchMessage(path, id)
    return mailbox
  }
  return {
    path,
    exists: () => store.mailboxes().has(path),
    create: () => store.create(path),
    delete() {
      existing()
      store.delete(path)
    },
    list: () => [...existing().messages()],
    add(mail) {
      const content = contentOf(mail)
      return existing().add({ ...content, flags: storable(content.flags) })
    },
    setFlags: (id, flags) => holding(id).setFlags(id, storable(flags)),
    setLabels: (id, labels) => holding(id).setLabels(id, labelSet(labels)),
    remove: (id) => holding(id).remove(id),
    renewEpoch: () => existing().renewEpoch(store.newEpoch()),
  }
}
