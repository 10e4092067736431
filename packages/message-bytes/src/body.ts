import { type Body, wholeBodyLimit } from '@mailtide/contracts'

/** A body of bytes in wire form that are in memory already. */
export function bodyOf(bytes: Uint8Array): Body {
  return {
    size: bytes.length,
    head: bytes,
    async *stream() {
      yield bytes
    },
  }
}

/** The whole body as one array, from its head if that is all of it. Meant for small ones and for tests. */
export async function bytesOf(body: Body): Promise<Uint8Array> {
  if (isWhole(body)) return body.head
  const chunks: Uint8Array[] = []
  for await (const chunk of body.stream()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Whether the head is the whole body, so that nothing needs to be streamed. */
export function isWhole(body: Body): boolean {
  return body.size <= wholeBodyLimit && body.head.length === body.size
}
