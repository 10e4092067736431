import { escapePattern } from '../wire/escape-pattern.ts'
import { type ContentType, parseContentType } from './content-type.ts'
import { type HeaderField, parseHeader } from './header.ts'

/** A message, or a part of one (RFC 2045). */
export interface Entity {
  /** With the blank line that ends it. */
  readonly header: Buffer
  readonly fields: readonly HeaderField[]
  readonly body: Buffer
  readonly contentType: ContentType
  /** The parts of a multipart, or the one message inside a message/rfc822. */
  readonly parts: readonly Entity[]
}

/** Reads a message; `fallback` is what a part is that does not say. */
export function parseEntity(bytes: Buffer, fallback = 'text/plain'): Entity {
  const end = headerEnd(bytes)
  const header = bytes.subarray(0, end)
  const body = bytes.subarray(end)
  const fields = parseHeader(header)
  const contentType = parseContentType(fields.find(({ name }) => name === 'content-type')?.value ?? fallback)
  return { header, fields, body, contentType, parts: partsOf(body, contentType) }
}

/** Where the header ends, behind its blank line; lines may end with a bare LF. */
export function headerEnd(bytes: Buffer): number {
  if (bytes[0] === 13 && bytes[1] === 10) return 2
  if (bytes[0] === 10) return 1
  const crlf = bytes.indexOf('\r\n\r\n')
  const lf = (crlf === -1 ? bytes : bytes.subarray(0, crlf)).indexOf('\n\n')
  if (lf !== -1) return lf + 2
  return crlf === -1 ? bytes.length : crlf + 4
}

function partsOf(body: Buffer, { type, subtype, parameters }: ContentType): Entity[] {
  if (type === 'message' && subtype === 'rfc822') return [parseEntity(body)]
  const boundary = parameters.get('boundary')
  if (type !== 'multipart' || boundary === undefined) return []
  const fallback = subtype === 'digest' ? 'message/rfc822' : 'text/plain'
  return splitAt(body, boundary).map((part) => parseEntity(part, fallback))
}

/** The octets between the lines that begin with the boundary; the line end before such a line belongs to it. */
function splitAt(body: Buffer, boundary: string): Buffer[] {
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escapePattern(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`, 'g')
  const parts: Buffer[] = []
  let start: number | undefined
  for (const match of body.toString('latin1').matchAll(delimiter)) {
    if (start !== undefined) parts.push(body.subarray(Math.min(start, match.index), match.index))
    if (match[1]) return parts
    const end = match.index + match[0].length
    start = end + (body[end] === 13 ? 2 : 1)
  }
  if (start !== undefined) parts.push(body.subarray(start))
  return parts
}
