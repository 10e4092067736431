/** Octets that have arrived and are not yet read. Every octet is looked at once, whatever the chunks are like. */
export interface ByteQueue {
  readonly length: number
  push(chunk: Buffer): void
  /** The next line without its line end, as latin1, once all of it is there. */
  takeLine(): string | undefined
  /** A copy of the next octets, once all of them are there. */
  take(count: number): Buffer | undefined
  clear(): void
}

const LF = 10

/** An empty queue. */
export function createByteQueue(): ByteQueue {
  let chunks: Buffer[] = []
  let length = 0
  /** Chunks before this one are known to hold no line end. */
  let searched = 0
  /** The octets in those chunks. */
  let searchedLength = 0

  function remove(count: number): Buffer {
    const taken: Buffer[] = []
    let missing = count
    let whole = 0
    for (; whole < chunks.length && chunks[whole]!.length <= missing; whole++) {
      taken.push(chunks[whole]!)
      missing -= chunks[whole]!.length
    }
    chunks.splice(0, whole)
    if (missing > 0) {
      taken.push(chunks[0]!.subarray(0, missing))
      chunks[0] = chunks[0]!.subarray(missing)
    }
    length -= count
    searched = 0
    searchedLength = 0
    return taken.length === 1 ? taken[0]! : Buffer.concat(taken, count)
  }

  return {
    get length() {
      return length
    },
    push(chunk) {
      if (chunk.length === 0) return
      chunks.push(chunk)
      length += chunk.length
    },
    takeLine() {
      for (; searched < chunks.length; searched++) {
        const end = chunks[searched]!.indexOf(LF)
        if (end !== -1) {
          const line = remove(searchedLength + end + 1).toString('latin1')
          return line.endsWith('\r\n') ? line.slice(0, -2) : line.slice(0, -1)
        }
        searchedLength += chunks[searched]!.length
      }
      return undefined
    },
    take(count) {
      if (length < count) return undefined
      return count === 0 ? Buffer.alloc(0) : Buffer.from(remove(count))
    },
    clear() {
      chunks = []
      length = 0
      searched = 0
      searchedLength = 0
    },
  }
}
