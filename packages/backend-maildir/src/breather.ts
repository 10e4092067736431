import { setImmediate } from 'node:timers/promises'

const longestStretch = 256

/**
 * Lets everything else in the process have its turn after so many steps. Synchronous calls are many times faster than a
 * promise each, but a long row of them would keep connections and timers waiting.
 */
export function createBreather(): () => Promise<void> {
  let steps = 0
  return async () => {
    if (++steps % longestStretch === 0) await setImmediate()
  }
}
