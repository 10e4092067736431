const LF = 10
const CR = 13
const colon = 58

/** One field of a header, by where it is in the bytes. */
export interface HeaderField {
  /** Its name in lower case; empty for a line that is no field, such as `From ` of an mbox. */
  readonly name: string
  readonly start: number
  /** Behind the colon. */
  readonly valueStart: number
  /** Behind its last line end. */
  readonly end: number
}

/**
 * The fields of a header, each with the lines it is folded over (RFC 5322, 2.2.3), up to the blank line or the end of
 * the bytes. Both line ends are understood, so that a header has the same fields in wire form and in Unix form.
 */
export function* headerFields(head: Uint8Array): Generator<HeaderField> {
  for (let start = 0; start < head.length && !isLineEnd(head, start); ) {
    const end = endOfField(head, start)
    yield { start, end, ...nameAt(head, start, end) }
    start = end
  }
}

/** The text of a field, without its line ends: UTF-8 if it is valid as such, else Latin1. */
export function fieldText(head: Uint8Array, { valueStart, end }: HeaderField): string {
  const octets = head.subarray(valueStart, end)
  return decodeText(octets).replace(/\r?\n/g, '')
}

/** UTF-8 if the octets are valid as such, else Latin1. */
function decodeText(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    return Buffer.from(octets).toString('latin1')
  }
}

/** Whether this is a space or a tab: a line that begins with one continues the line before it. */
export function isBlank(octet: number | undefined): boolean {
  return octet === 32 || octet === 9
}

function isLineEnd(head: Uint8Array, at: number): boolean {
  return head[at] === LF || (head[at] === CR && head[at + 1] === LF)
}

function endOfField(head: Uint8Array, start: number): number {
  let end = start
  do {
    const lf = head.indexOf(LF, end)
    end = lf === -1 ? head.length : lf + 1
  } while (isBlank(head[end]))
  return end
}

function nameAt(head: Uint8Array, start: number, end: number): Pick<HeaderField, 'name' | 'valueStart'> {
  for (let at = start; at < end; at++) {
    const octet = head[at] ?? 0
    if (octet === colon) return { name: nameOf(head.subarray(start, at)), valueStart: at + 1 }
    if (octet < 33 || octet > 126) break
  }
  // RFC 5322, 4.5: blanks between name and colon are obsolete, and still met.
  const spaced = /^([\x21-\x39\x3b-\x7e]+)[ \t]+:/.exec(
    Buffer.from(head.subarray(start, end)).toString('latin1', 0, 256),
  )
  if (spaced) return { name: (spaced[1] ?? '').toLowerCase(), valueStart: start + spaced[0].length }
  return { name: '', valueStart: start }
}

function nameOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('latin1').toLowerCase()
}
