import { type Body, wholeBodyLimit } from '@mailtide/contracts'
import { bodyOf, bytesOf, isWhole } from './body.ts'
import { headerFields } from './header-fields.ts'

/**
 * A body whose header was changed, as by {@link withoutHeaders} or {@link withLabels}. One that is streamed stays so,
 * unless it shrinks to a size that has to come whole, and is then read at once. Of a header that does not fit into the
 * head of a streamed body, `change` sees the fields that lie in it whole; the rest stays as it is.
 */
export async function withChangedHeader(body: Body, change: (header: Uint8Array) => Uint8Array): Promise<Body> {
  const length = knownHeaderLength(body)
  const before = body.head.subarray(0, length)
  const after = change(before)
  if (after === before) return body
  const head = Buffer.concat([after, body.head.subarray(length)])
  if (isWhole(body)) return bodyOf(head)
  const size = body.size - length + after.length
  const changed = { size, head, stream: () => replaceStart(body.stream(), length, after) }
  return size > wholeBodyLimit ? changed : bodyOf(await bytesOf(changed))
}

/** How much of the head is the header: its blank line is left out, as is a field that may go on behind the head. */
function knownHeaderLength({ head, size }: Body): number {
  let last = 0
  for (const { start, end } of headerFields(head)) {
    if (end === head.length && head.length < size) return start
    last = end
  }
  return last
}

async function* replaceStart(
  chunks: AsyncIterable<Uint8Array>,
  length: number,
  replacement: Uint8Array,
): AsyncGenerator<Uint8Array> {
  yield replacement
  let position = 0
  for await (const chunk of chunks) {
    const rest = chunk.subarray(Math.max(0, length - position))
    position += chunk.length
    if (rest.length > 0) yield rest
  }
}
