import type { Cursor } from '@mailtide/contracts'

/** How far a folder was read: what STATUS tells of it (RFC 9051, 6.3.11; RFC 7162, 3.1.7). */
export interface Position {
  readonly uidNext: number
  readonly messages: number
  /** `0` where the folder keeps no modification sequences. */
  readonly highestModseq: string
}

/** Writes a position as a cursor's text: `UIDNEXT MESSAGES HIGHESTMODSEQ`. */
export function formatPosition({ uidNext, messages, highestModseq }: Position): string {
  return `${uidNext} ${messages} ${highestModseq}`
}

/** Reads a cursor's text; undefined for one that is empty or not ours. */
export function parsePosition(text: string): Position | undefined {
  const match = /^(\d{1,10}) (\d{1,10}) (\d{1,19})$/.exec(text)
  if (!match) return undefined
  return { uidNext: Number(match[1]), messages: Number(match[2]), highestModseq: match[3]! }
}

/** Whether nothing can have happened between a cursor and what STATUS tells now. */
export function isUnchanged(cursor: Cursor, now: Position & { readonly uidValidity: number }, quick: boolean): boolean {
  const then = parsePosition(cursor.position)
  if (!then || then.uidNext === 0 || cursor.epoch !== String(now.uidValidity)) return false
  if (then.uidNext !== now.uidNext || then.messages !== now.messages) return false
  // Without modification sequences a flag may have changed and nothing tells of it.
  if (now.highestModseq === '0') return quick
  return then.highestModseq === now.highestModseq
}
