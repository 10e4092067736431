/** Hands out a fixed number of connections, in the order in which they were asked for. */
export interface Connections {
  /** Resolves to the function that gives the connection back; calling it twice does no harm. */
  take(signal: AbortSignal): Promise<() => void>
  /** Turns away everyone who still waits. */
  refuse(reason: Error): void
}

interface Waiting {
  go(): void
  refuse(reason: unknown): void
}

/** Connections of which `count` may be out at once. */
export function createConnections(count: number): Connections {
  const line = new Set<Waiting>()
  let free = count

  const giveBack = () => {
    const [next] = line
    if (next) next.go()
    else free++
  }
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) free--
      else await turn(line, signal)
      let out = true
      return () => {
        if (out) giveBack()
        out = false
      }
    },
    refuse(reason) {
      for (const waiting of line) waiting.refuse(reason)
    },
  }
}

function turn(line: Set<Waiting>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => waiting.refuse(signal.reason)
    const leave = () => {
      line.delete(waiting)
      signal.removeEventListener('abort', giveUp)
    }
    const waiting: Waiting = {
      go() {
        leave()
        resolve()
      },
      refuse(reason) {
        leave()
        reject(reason)
      },
    }
    line.add(waiting)
    signal.addEventListener('abort', giveUp)
  })
}
