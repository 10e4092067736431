import {
  type Cursor,
  type Flag,
  type FolderPath,
  type FolderRole,
  type FolderSurvey,
  type MessageId,
  parentsOf,
  type Repository,
  watchFolders,
} from '@mailtide/contracts'
import { createConnections } from './connections.ts'
import type { MemoryMail } from './content.ts'
import { carryOut, type EffectHooks } from './effects.ts'
import { folderClosed, folderReadOnly, noSuchFolder, repositoryClosed } from './errors.ts'
import { createFolder } from './folder.ts'
import type { Mailbox } from './mailbox.ts'
import { createMailboxHandle, type MailboxHandle } from './mailbox-handle.ts'
import { createStore } from './store.ts'

/** What a memory repository can do, and what befalls it. Everything has a friendly default. */
export interface MemoryOptions extends EffectHooks {
  canStore?(flag: Flag): boolean
  /** Default: 4. */
  readonly connections?: number
  /** Whether `changes` answers deltas (the default), or everything each time. */
  readonly changes?: 'delta' | 'full'
  /** Notes the other side's ids in its own, which change by it, as in a Maildir. */
  readonly notesPeers?: boolean
  /** Whether messages have labels; `apart` if they are not stored along with a message, as on an IMAP server. */
  readonly labels?: boolean | 'apart'
  /** Offers `readMark` and `establish`. There is no mark until one is established or set. */
  readonly carriesMark?: boolean
  readonly roles?: Readonly<Record<string, FolderRole>>
  /** Folders in which the store itself refuses changes. */
  isReadOnly?(path: FolderPath): boolean
  /** An error for a message that cannot be stored; its neighbours are. */
  refuseAppend?(bytes: Uint8Array): Error | undefined
  /** An error for a message that cannot be read; its neighbours are. */
  refuseRead?(id: MessageId): Error | undefined
}

/** A repository in memory, with a way around it for tests. After `close` it may be used anew. */
export interface MemoryRepository extends Repository {
  /** A folder as a test sees it, there or not: what is done here is done behind the sync's back. */
  mailbox(path: string): MailboxHandle
  /** All folders there are. */
  paths(): FolderPath[]
  setMark(mark: string | undefined): void
  /** Takes the whole store away, as an unplugged disk. */
  unmount(): void
  /** Brings back what `unmount` took. */
  mount(): void
}

/** A store of these folders; with only an empty INBOX if none are given. */
export function createMemoryRepository(
  folders: Readonly<Record<string, readonly MemoryMail[]>> = { INBOX: [] },
  options: MemoryOptions = {},
): MemoryRepository {
  const store = createStore()
  const behaviour = {
    ...options,
    canStore: (flag: Flag) => options.canStore?.(flag) ?? true,
    changes: options.changes ?? 'delta',
    notesPeers: options.notesPeers ?? false,
    labels: options.labels ?? false,
  }
  const { canStore, labels } = behaviour
  const capabilities = { canStore, labels: labels !== false, connections: options.connections ?? 4 }
  let connections = createConnections(capabilities.connections)

  const existing = (path: FolderPath) => {
    const mailbox = store.mailboxes().get(path)
    if (!mailbox) throw noSuchFolder(path)
    return mailbox
  }

  const repository: MemoryRepository = {
    capabilities,
    separator: '/',
    async survey(known, signal) {
      signal.throwIfAborted()
      const surveyed = [...store.mailboxes()]
      return surveyed.map(([path, mailbox]) => surveyOf(path, mailbox, known.get(path), options.roles?.[path]))
    },
    async createFolder(path, signal) {
      for (const each of [...parentsOf(path), path]) {
        signal.throwIfAborted()
        if (store.mailboxes().has(each)) continue
        await carryOut(options, { kind: 'create-folder', folder: each }, () => store.create(each))
      }
    },
    async open(path, access, signal) {
      const pool = connections
      const giveBack = await pool.take(signal)
      let opened: Mailbox
      try {
        opened = existing(path)
      } catch (error) {
        giveBack()
        throw error
      }
      const readOnly = options.isReadOnly?.(path) ?? false
      let isOpen = true
      const mailbox = (given: AbortSignal) => {
        given.throwIfAborted()
        if (!isOpen || pool !== connections) throw folderClosed(path)
        if (existing(path) !== opened) throw noSuchFolder(path)
        return opened
      }
      const writable = (given: AbortSignal) => {
        const mail = mailbox(given)
        if (readOnly || access === 'examine') throw folderReadOnly(path)
        return mail
      }
      const close = () => {
        isOpen = false
        giveBack()
      }
      return createFolder({ path, readOnly, mailbox, writable, close }, behaviour)
    },
    watch: (known, signal) =>
      watchFolders(signal, (news) => {
        const mailboxes = store.mailboxes()
        for (const [path, cursor] of known) {
          const mailbox = mailboxes.get(path)
          if (!mailbox || surveyOf(path, mailbox, cursor).mayHaveChanged) news.tell(path)
        }
        return store.watch(news)
      }),
    async close() {
      connections.refuse(repositoryClosed())
      connections = createConnections(capabilities.connections)
    },
    mailbox: (path) => createMailboxHandle(path as FolderPath, store, behaviour.canStore),
    paths: () => [...store.mailboxes().keys()],
    setMark: store.setMark,
    unmount: store.unmount,
    mount: store.mount,
  }
  for (const [path, mails] of Object.entries(folders)) {
    repository.mailbox(path).create()
    for (const mail of mails) repository.mailbox(path).add(mail)
  }
  if (!options.carriesMark) return repository
  return {
    ...repository,
    async readMark(signal) {
      signal.throwIfAborted()
      return store.mark()
    },
    async establish(signal) {
      signal.throwIfAborted()
      return store.establish()
    },
  }
}

function surveyOf(path: FolderPath, mailbox: Mailbox, known: Cursor | undefined, role?: FolderRole): FolderSurvey {
  const now = mailbox.cursor()
  const mayHaveChanged = known?.epoch !== now.epoch || known.position !== now.position
  return role ? { path, mayHaveChanged, role } : { path, mayHaveChanged }
}
