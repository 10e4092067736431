import { createHash } from 'node:crypto'

/**
 * Where the header ends: behind its blank line, or at the end of the bytes when there is none. For wire form.
 * A message that begins with a blank line has no header but that line.
 */
export function headerLength(bytes: Uint8Array): number {
  if (bytes[0] === 13 && bytes[1] === 10) return 2
  const blank = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\r\n\r\n')
  return blank === -1 ? bytes.length : blank + 4
}

/** The part of a header that identity looks at, so that it can be had without reading a message whole. */
export const identityHeaderLimit = 64 * 1024

/**
 * A text that is equal for two copies of one message and differs for all others, for all that mail ever does: the size
 * in wire form and a hash of the header (its first 64 KiB). `head` may be the header alone or any longer beginning.
 */
export function identityOf(size: number, head: Uint8Array): string {
  const header = head.subarray(0, Math.min(headerLength(head), identityHeaderLimit))
  return `${size}:${createHash('sha256').update(header).digest('base64url')}`
}
