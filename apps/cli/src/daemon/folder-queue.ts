import type { FolderPair } from '@mailtide/contracts'

/** Pairs of folders in which something happened. */
export interface FolderQueue {
  /** Something happened in this pair. */
  add(folders: FolderPair): void
  /** Waits until there is something, and a moment longer, and takes all that there is. */
  take(signal: AbortSignal): Promise<Batch>
  /** This pair was synced, and something was altered in it: what is told of it in the next moments may be just that. */
  altered(folders: FolderPair): void
}

/** What is synced together. */
export interface Batch {
  readonly folders: readonly FolderPair[]
  /** Nothing but what we altered ourselves may have been told. */
  readonly isEcho: boolean
}

/** What a queue needs. */
export interface FolderQueueSetting {
  now(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** Milliseconds in which more may come of what has begun. */
const moment = 50

/** Milliseconds after which nobody hears of what we altered any more. */
const longestEcho = 2000

/** An empty queue. */
export function createFolderQueue({ now, wait }: FolderQueueSetting): FolderQueue {
  const waiting = new Map<string, { readonly folders: FolderPair; readonly isEcho: boolean }>()
  const altered = new Map<string, number>()
  let wake = () => {}

  return {
    add(folders) {
      const key = keyOf(folders)
      const isEcho = now() - (altered.get(key) ?? Number.NEGATIVE_INFINITY) < longestEcho
      waiting.set(key, { folders, isEcho: isEcho && waiting.get(key)?.isEcho !== false })
      wake()
    },
    async take(signal) {
      signal.throwIfAborted()
      if (waiting.size === 0) await untilWoken(signal)
      await wait(moment, signal)
      const batch = [...waiting.values()]
      waiting.clear()
      return { folders: batch.map(({ folders }) => folders), isEcho: batch.every(({ isEcho }) => isEcho) }
    },
    altered(folders) {
      altered.set(keyOf(folders), now())
    },
  }

  async function untilWoken(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const abort = () => reject(signal.reason)
    wake = resolve
    signal.addEventListener('abort', abort, { once: true })
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', abort)
    }
  }
}

function keyOf({ local, remote }: FolderPair): string {
  return JSON.stringify([local, remote])
}
