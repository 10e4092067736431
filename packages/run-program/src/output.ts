/** Collects what a program prints, up to a limit. */
export interface Output {
  /** Answers false once there is more than the limit. */
  add(chunk: Uint8Array): boolean
  bytes(): Uint8Array
}

/** All octets, as long as they are no more than the limit. */
export function createWholeOutput(limit: number): Output {
  const chunks: Uint8Array[] = []
  let length = 0
  return {
    add(chunk) {
      length += chunk.length
      if (length <= limit) chunks.push(chunk)
      return length <= limit
    },
    bytes: () => Buffer.concat(chunks),
  }
}

/** The last octets: a program's last words say why it failed. */
export function createTailOutput(limit: number): Output {
  let tail: Uint8Array = new Uint8Array(0)
  return {
    add(chunk) {
      tail = Buffer.concat([tail, chunk]).subarray(-limit)
      return true
    },
    bytes: () => tail,
  }
}
