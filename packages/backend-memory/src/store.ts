import { type FolderNews, type FolderPath, parentsOf } from '@mailtide/contracts'
import { rootMissing } from './errors.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'

interface Root {
  readonly mailboxes: Map<FolderPath, Mailbox>
  mark: string | undefined
}

/** The mail itself, as it would lie on a disk that can be taken away. */
export interface Store {
  /** All folders. Throws when the store is not mounted. */
  mailboxes(): ReadonlyMap<FolderPath, Mailbox>
  /** Creates a folder and those above it, where they are missing. */
  create(path: FolderPath): void
  delete(path: FolderPath): void
  /** An epoch that no folder ever had. */
  newEpoch(): string
  /** The mark, if the store is there and has one. */
  mark(): string | undefined
  setMark(mark: string | undefined): void
  /** Makes an empty root where none is, marks it if it has no mark, and answers the mark. */
  establish(): string
  unmount(): void
  mount(): void
  /** Tells of every change from now on, until the answer is called. */
  watch(news: FolderNews): () => void
}

/** An empty store. */
export function createStore(): Store {
  let root: Root | undefined = { mailboxes: new Map(), mark: undefined }
  let unmounted: Root | undefined
  let epochs = 0
  let marks = 0
  const watchers = new Set<FolderNews>()
  const tell = (path: FolderPath) => {
    for (const watcher of watchers) watcher.tell(path)
  }

  const mounted = () => {
    if (!root) throw rootMissing()
    return root
  }
  const newEpoch = () => String(++epochs)
  return {
    mailboxes: () => mounted().mailboxes,
    create(path) {
      const { mailboxes } = mounted()
      for (const each of [...parentsOf(path), path]) {
        if (mailboxes.has(each)) continue
        mailboxes.set(
          each,
          createMailbox(newEpoch(), () => tell(each)),
        )
        tell(each)
      }
    },
    delete(path) {
      if (mounted().mailboxes.delete(path)) tell(path)
    },
    newEpoch,
    mark: () => root?.mark,
    setMark(mark) {
      mounted().mark = mark
    },
    establish() {
      root ??= { mailboxes: new Map(), mark: undefined }
      root.mark ??= `memory-${++marks}`
      return root.mark
    },
    unmount() {
      unmounted = mounted()
      root = undefined
      for (const watcher of watchers) watcher.fail(rootMissing())
    },
    mount() {
      root = unmounted ?? root
      unmounted = undefined
    },
    watch(news) {
      watchers.add(news)
      return () => watchers.delete(news)
    },
  }
}
