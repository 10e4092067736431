/** Gathers what is written and sends it in few pieces, as fast and as far as it is allowed to. */
export interface Outlet {
  write(data: string | Uint8Array): void
  /** Octets that were written and not yet sent. */
  readonly unsent: number
  /** Sends what was written; resolves once the client has taken enough of it. */
  flush(): Promise<void>
  discard(): void
  /** Sends this many more octets, then calls `finish` and sends nothing any more. */
  cutAfter(octets: number): void
  limitSpeed(bytesPerSecond: number | undefined): void
}

/** What an outlet does to the world. `send` answers a promise when the client is slow to take it. */
export interface OutletTarget {
  send(data: Uint8Array): Promise<void> | undefined
  finish(): void
}

/** Short texts are gathered up to this length before they become octets. */
const textLimit = 64 * 1024

/** How often a limited outlet sends something, in milliseconds. */
const beat = 20

/** An outlet with nothing written. */
export function createOutlet(target: OutletTarget): Outlet {
  let text = ''
  let pieces: Uint8Array[] = []
  let unsent = 0
  let flushing: Promise<void> | undefined
  let allowance = Infinity
  let speed: number | undefined

  function gatherText(): void {
    if (text === '') return
    pieces.push(Buffer.from(text, 'latin1'))
    text = ''
  }

  async function sendAll(): Promise<void> {
    while (unsent > 0) {
      gatherText()
      const batch = pieces
      pieces = []
      unsent = 0
      for (const piece of batch) await sendPiece(piece)
    }
  }

  async function sendPiece(piece: Uint8Array): Promise<void> {
    for (let start = 0; start < piece.length && allowance > 0; ) {
      const share = speed === undefined ? piece.length : Math.max(1, Math.floor((speed * beat) / 1000))
      const slice = piece.subarray(start, start + Math.min(share, allowance))
      start += slice.length
      allowance -= slice.length
      await target.send(slice)
      if (allowance === 0) target.finish()
      else if (speed !== undefined) await new Promise((resolve) => setTimeout(resolve, beat))
    }
  }

  return {
    write(data) {
      unsent += data.length
      if (typeof data === 'string') {
        text += data
        if (text.length > textLimit) gatherText()
      } else {
        gatherText()
        pieces.push(data)
      }
    },
    get unsent() {
      return unsent
    },
    async flush() {
      if (unsent === 0) return flushing
      flushing ??= sendAll().finally(() => (flushing = undefined))
      return flushing
    },
    discard() {
      text = ''
      pieces = []
      unsent = 0
      allowance = 0
    },
    cutAfter(octets) {
      allowance = octets
      if (octets === 0) target.finish()
    },
    limitSpeed(bytesPerSecond) {
      speed = bytesPerSecond
    },
  }
}
