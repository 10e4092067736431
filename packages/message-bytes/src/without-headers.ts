import { type HeaderField, headerFields } from './header-fields.ts'

/**
 * The header without the fields of these names, compared without regard to case; the lines that a field is folded over
 * go along. All else stays octet for octet, what follows the header included.
 */
export function withoutHeaders(head: Uint8Array, names: Iterable<string>): Uint8Array {
  const unwanted = new Set([...names].map((name) => name.toLowerCase()))
  return withoutFields(
    head,
    [...headerFields(head)].filter(({ name }) => unwanted.has(name)),
  )
}

/** The bytes without these fields, which come in order. */
export function withoutFields(head: Uint8Array, fields: readonly HeaderField[]): Uint8Array {
  if (fields.length === 0) return head
  const starts = [0, ...fields.map(({ end }) => end)]
  const ends = [...fields.map(({ start }) => start), head.length]
  return Buffer.concat(starts.map((start, index) => head.subarray(start, ends[index])))
}
