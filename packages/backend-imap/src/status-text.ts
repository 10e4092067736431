/** How a command ended, or what an untagged status response said (RFC 9051, 7.1). */
export interface Completion {
  /** `OK`, `NO`, `BAD`, `BYE` or `PREAUTH`. */
  readonly status: string
  /** The response code in upper case; empty if there is none. */
  readonly code: string
  /** What stands behind the code's name, inside its brackets. */
  readonly argument: string
  /** The words for people. */
  readonly text: string
  /** How many milliseconds of quiet it asks for, where the habits of the server tell. */
  readonly pause?: number
}

/** Reads `OK [CODE argument] text`, beginning at `at`. Undefined if that is no status. */
export function parseStatus(line: string, at: number): Completion | undefined {
  const match = /^ *(OK|NO|BAD|BYE|PREAUTH)(?: +|$)(?:\[([^\] ]+)(?: +([^\]]*))?\] ?)?/i.exec(
    line.slice(at, at + 65_536),
  )
  if (!match) return undefined
  return {
    status: match[1]!.toUpperCase(),
    code: match[2]?.toUpperCase() ?? '',
    argument: match[3] ?? '',
    text: line.slice(at + match[0].length),
  }
}
