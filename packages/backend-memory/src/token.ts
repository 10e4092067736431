/**
 * What finds a message again after a crash: it lies at or behind the next uid of then, and is the same message.
 *
 * | text                        | for example      |
 * | --------------------------- | ---------------- |
 * | `EPOCH UID IDENTITY SERIAL` | `3 17 120:Zm9v 5` |
 */
export interface Token {
  readonly epoch: string
  readonly nextUid: number
  readonly identity: string
  /** Tells the tokens of equal messages apart. */
  readonly serial: number
}

/** A token as text. */
export function tokenOf({ epoch, nextUid, identity, serial }: Token): string {
  return `${epoch} ${nextUid} ${identity} ${serial}`
}

/** The token that a text stands for, if it is one of ours. */
export function parseToken(text: string): Token | undefined {
  const { epoch, nextUid, identity, serial } =
    /^(?<epoch>\S+) (?<nextUid>\d+) (?<identity>\S+) (?<serial>\d+)$/.exec(text)?.groups ?? {}
  if (!epoch || !identity) return undefined
  return { epoch, nextUid: Number(nextUid), identity, serial: Number(serial) }
}
