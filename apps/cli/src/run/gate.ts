/** Lets only so many at once do their work; the others wait in line. */
export interface Gate {
  pass<T>(work: () => Promise<T>): Promise<T>
}

/** A gate for `width` at once. */
export function createGate(width: number): Gate {
  const waiting: (() => void)[] = []
  let free = width
  return {
    async pass(work) {
      if (free > 0) free--
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else free++
      }
    },
  }
}
