import type { FSWatcher } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type Cursor, type FolderNews, type FolderPath, watchFolders } from '@mailtide/contracts'
import { asRootError } from './errors.ts'
import { isSettled, positionOf } from './scan.ts'
import { lookAtTree, mayHaveChanged, type Tree, type TreeStamp } from './survey.ts'
import { createWatchedDirectories } from './watch-directories.ts'

/** How a tree is watched. */
export interface MaildirWatchOptions {
  /** Milliseconds for which what happens in a folder is gathered before it is told; 50 by default. */
  readonly gather?: number
  /** Milliseconds between two looks at the whole tree: for folders that come and go, 30 s by default. */
  readonly lookEvery?: number
  /** Milliseconds between two looks where the system can't watch, 2 s by default. */
  readonly pollEvery?: number
  /** Told once that the system can't watch, or no more of it, and why: from then on there are only looks. */
  readonly degraded?: (reason: string) => void
  /** The system's watching; `fs.watch` of Node unless told. */
  readonly watchDirectory?: (directory: string, listener: () => void) => FSWatcher
  /** Waits; by the clock unless told. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/**
 * Watches the folders of a tree: the system tells of what happens in `new` and `cur` of each, and a look at all mtimes now
 * and then tells the rest, such as new folders. Where the system has no watch left (ENOSPC, EMFILE) the looks come often.
 */
export function watchTree(
  tree: Tree,
  options: MaildirWatchOptions,
  known: ReadonlyMap<FolderPath, Cursor>,
  signal: AbortSignal,
): AsyncIterable<FolderPath> {
  return watchFolders(signal, (news) => {
    const ending = new AbortController()
    const either = AbortSignal.any([signal, ending.signal])
    const over = watch(tree, options, known, { news, signal: either }).catch(news.fail)
    return async () => {
      ending.abort()
      await over
    }
  })
}

const waitByClock = (milliseconds: number, signal: AbortSignal) => pause(milliseconds, undefined, { signal })

async function watch(
  tree: Tree,
  options: MaildirWatchOptions,
  known: ReadonlyMap<FolderPath, Cursor>,
  { news, signal }: { readonly news: FolderNews; readonly signal: AbortSignal },
): Promise<never> {
  const { root, names } = tree
  const { gather = 50, lookEvery = 30_000, pollEvery = 2000, wait = waitByClock, degraded = () => {} } = options
  const directories = new Map([...known.keys()].map((path) => [names.directoryOf(path), path]))
  const heard = new Set<FolderPath>()
  let lookNow = () => {}

  const gathered = createGathering((milliseconds) => wait(milliseconds, signal), gather)
  const watched = createWatchedDirectories({
    root,
    watch: options.watchDirectory,
    degraded,
    rootChanged: () => gathered('', () => lookNow()),
    happened(directory) {
      const path = directories.get(directory)
      if (path === undefined) return
      heard.add(path)
      gathered(directory, () => news.tell(path))
    },
  })
  try {
    watched.follow([...directories.keys()])
    let before: ReadonlyMap<FolderPath, string> | undefined
    for (;;) {
      const stamps = asRootError(root, () => lookAtTree(tree, known))
      for (const [path, stamp] of stamps) {
        const isNew = before
          ? before.get(path) !== formatStamp(stamp)
          : mayHaveChanged(tree, path, stamp, known.get(path))
        if (!isNew) continue
        if (before?.has(path) && !heard.has(path)) watched.distrust(names.directoryOf(path))
        news.tell(path)
      }
      for (const path of before?.keys() ?? known.keys()) if (!stamps.has(path)) news.tell(path)
      before = new Map(stamps.entries().map(([path, stamp]) => [path, memoryOf(stamp, watched.isComplete)]))
      heard.clear()
      watched.follow([...directories].filter(([, path]) => stamps.has(path)).map(([directory]) => directory))
      const { promise, resolve } = Promise.withResolvers<void>()
      lookNow = resolve
      await either(promise, (given) => wait(watched.isComplete ? lookEvery : pollEvery, given), signal)
    }
  } finally {
    watched.close()
  }
}

function formatStamp(stamp: TreeStamp): string {
  return stamp === 'unclear' ? stamp : positionOf(stamp)
}

/** Where nothing else tells, two changes in one tick of the clock must not pass for one. */
function memoryOf(stamp: TreeStamp, isTold: boolean): string {
  return isTold || stamp === 'unclear' || isSettled(stamp, new Date()) ? formatStamp(stamp) : ''
}

/** Does something once, a while after it was first wanted. */
function createGathering(wait: (milliseconds: number) => Promise<void>, time: number) {
  const wanted = new Set<string>()
  return (what: string, deed: () => void) => {
    if (wanted.has(what)) return
    wanted.add(what)
    void Promise.allSettled([wait(time)]).then(() => {
      wanted.delete(what)
      deed()
    })
  }
}

/** Waits until this happens, or for a while. */
async function either(
  event: Promise<void>,
  wait: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController()
  try {
    await Promise.race([event, wait(AbortSignal.any([signal, stop.signal]))])
  } finally {
    stop.abort()
  }
}
