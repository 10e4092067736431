import { type FSWatcher, watch as watchDirectory } from 'node:fs'
import { join } from 'node:path'

/** What the system watches: `new` and `cur` of Maildirs, and the directory that they are in. */
export interface WatchedDirectories {
  /** Whether the system can watch all that it was asked to. */
  readonly isComplete: boolean
  /** Watches these Maildirs and no others, by their directories below the root. */
  follow(directories: readonly string[]): void
  /** Something happened there and was not told: whatever is watched is no longer what has that name. */
  distrust(directory: string): void
  close(): void
}

/** What is needed for it, and who is told. */
export interface WatchedDirectoriesSetting {
  readonly root: string
  /** Something happened in this Maildir. */
  happened(directory: string): void
  /** Something came or went in the root. */
  rootChanged(): void
  /** Told once, when not all can be watched. */
  degraded(reason: string): void
  /** `fs.watch` of Node unless told. */
  readonly watch?: ((directory: string, listener: () => void) => FSWatcher) | undefined
}

/** Watches nothing yet. */
export function createWatchedDirectories(setting: WatchedDirectoriesSetting): WatchedDirectories {
  const { root, happened, rootChanged, degraded, watch = watchNames } = setting
  const watched = new Map<string, FSWatcher[]>()
  let ofRoot: FSWatcher | undefined
  let isComplete = true

  function close(): void {
    ofRoot?.close()
    ofRoot = undefined
    for (const directory of [...watched.keys()]) leave(directory)
  }

  function leave(directory: string): void {
    for (const watcher of watched.get(directory) ?? []) watcher.close()
    watched.delete(directory)
  }

  function fail(error: unknown): void {
    if (isComplete) degraded(error instanceof Error ? error.message : String(error))
    isComplete = false
    close()
  }

  function begin(path: string, listener: () => void): FSWatcher {
    const watcher = watch(path, listener)
    watcher.on('error', fail)
    return watcher
  }

  function enter(directory: string): void {
    const begun: FSWatcher[] = []
    watched.set(directory, begun)
    for (const part of ['new', 'cur']) begun.push(begin(join(root, directory, part), () => happened(directory)))
  }

  return {
    get isComplete() {
      return isComplete
    },
    follow(directories) {
      const wanted = new Set(directories)
      for (const directory of watched.keys()) if (!wanted.has(directory)) leave(directory)
      if (!isComplete) return
      try {
        ofRoot ??= begin(root, rootChanged)
        for (const directory of wanted) if (!watched.has(directory)) enter(directory)
      } catch (error) {
        fail(error)
      }
    },
    distrust: leave,
    close,
  }
}

// Not persistent: who watches is not kept alive by it.
function watchNames(directory: string, listener: () => void): FSWatcher {
  return watchDirectory(directory, { persistent: false, encoding: 'buffer' }, listener)
}
