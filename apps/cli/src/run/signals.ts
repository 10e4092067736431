import { exitCodes } from '../exit-codes.ts'

/** What signals have asked for. */
export interface RunSignals {
  /** Aborted by SIGINT, SIGTERM or SIGHUP: finish what is under way, begin nothing. */
  readonly stop: AbortSignal
  /** Aborted by these and by SIGUSR2 and SIGABRT: no further round. */
  readonly ending: AbortSignal
  /** Calls back at each SIGUSR1, which wakes whoever sleeps. Returns what takes the callback back. */
  onWake(callback: () => void): () => void
  /** Takes the handlers back. */
  close(): void
}

/** Listens to signals as OfflineIMAP does. The third that wants to stop ends the process at once. */
export function listenToSignals(source: NodeJS.EventEmitter = process, exit = process.exit): RunSignals {
  const stop = new AbortController()
  const ending = new AbortController()
  const wakers = new Set<() => void>()
  let stops = 0

  function onStop(signal: unknown): void {
    stops++
    if (stops >= 3) exit(exitCodes.failed)
    ending.abort()
    stop.abort(new DOMException(`stopped by ${signal}`, 'AbortError'))
  }
  function wakeAll(): void {
    for (const wake of [...wakers]) wake()
  }
  const handlers: readonly (readonly [string, (signal: unknown) => void])[] = [
    ['SIGINT', onStop],
    ['SIGTERM', onStop],
    ['SIGHUP', onStop],
    ['SIGUSR2', () => ending.abort()],
    ['SIGABRT', () => ending.abort()],
    ['SIGUSR1', wakeAll],
  ]
  for (const [signal, handler] of handlers) source.on(signal, handler)
  return {
    stop: stop.signal,
    ending: ending.signal,
    onWake(callback) {
      wakers.add(callback)
      return () => wakers.delete(callback)
    },
    close() {
      for (const [signal, handler] of handlers) source.off(signal, handler)
    },
  }
}
