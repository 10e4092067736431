import type { FolderPath } from './folder-path.ts'

/** What a store that is being watched tells. */
export interface FolderNews {
  /** Something may have changed in this folder. Told again before it was taken, it is taken once. */
  tell(path: FolderPath): void
  /** Nothing more can be seen, and why. The first reason counts. */
  fail(error: unknown): void
}

/**
 * Turns news into what {@link Repository.watch} answers: folders, each once however often it was told meanwhile. `begin` is
 * called when the first is asked for, and answers what ends the watching; it is awaited whichever way it ends.
 */
export async function* watchFolders(
  signal: AbortSignal,
  begin: (news: FolderNews) => () => void | Promise<void>,
): AsyncGenerator<FolderPath, never, undefined> {
  signal.throwIfAborted()
  const waiting = new Set<FolderPath>()
  let failure: { readonly error: unknown } | undefined
  let wake = () => {}
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort, { once: true })
  const end = begin({
    tell(path) {
      waiting.add(path)
      wake()
    },
    fail(error) {
      failure ??= { error }
      wake()
    },
  })
  try {
    for (;;) {
      for (const path of waiting) {
        signal.throwIfAborted()
        waiting.delete(path)
        yield path
      }
      signal.throwIfAborted()
      if (failure) throw failure.error
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    await end()
  }
}
