import { fstatSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { type Body, wholeBodyLimit } from '@mailtide/contracts'
import {
  bodyOf,
  createCrlfConverter,
  createLfConverter,
  identityHeaderLimit,
  isWhole,
  toCrlf,
  toLf,
} from '@mailtide/message-bytes'
import { openKeepingAccessTime, openToRead } from './access-time.ts'
import { notAFile, sizeDiffers } from './errors.ts'

/** A message's file, open: it stays readable whatever becomes of its name. */
export interface OpenMessage {
  readonly descriptor: number
  readonly path: string
  /** Octets in the file, with LF line ends. */
  readonly size: number
  readonly modifiedAt: Date
  close(): void
}

const chunkSize = 256 * 1024
const readAt = promisify(read)

/** Opens the file of a message. */
export function openMessage(path: string | Buffer, restoreAccessTime: boolean): OpenMessage {
  const { descriptor, close } = restoreAccessTime ? openKeepingAccessTime(path) : openToRead(path)
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile()) throw notAFile(path.toString())
    return { descriptor, path: path.toString(), size: found.size, modifiedAt: found.mtime, close }
  } catch (thrown) {
    close()
    throw thrown
  }
}

/**
 * A file's content in wire form: whole if it is small. A big one is read once to learn its size, and again as it is
 * streamed, so that never more than a chunk is in memory.
 */
export async function bodyOfFile(message: OpenMessage): Promise<Body> {
  if (message.size <= wholeBodyLimit) return bodyOf(toCrlf(readWhole(message)))
  const head: Uint8Array[] = []
  let headSize = 0
  let size = 0
  for await (const chunk of wireChunks(message)) {
    if (headSize < identityHeaderLimit) {
      head.push(chunk.slice(0, identityHeaderLimit - headSize))
      headSize += head.at(-1)?.length ?? 0
    }
    size += chunk.length
  }
  return {
    size,
    head: Buffer.concat(head),
    stream: () => checkSize(message.path, size, wireChunks(message)),
  }
}

/** A body as it is stored: with LF line ends, whole where it is in memory anyway. Fails if the body isn't of its size. */
export function storedForm(body: Body, what: string): Uint8Array | AsyncIterable<Uint8Array> {
  return isWhole(body) ? toLf(body.head) : lfChunks(checkSize(what, body.size, body.stream()))
}

/** The first octets of a file, as they are stored: at least the header with its blank line, or 1 MiB of it. */
export function readHead({ descriptor }: OpenMessage): Uint8Array {
  for (let size = 16 * 1024; ; size *= 4) {
    const head = Buffer.allocUnsafe(size)
    const count = readSync(descriptor, head, 0, size, 0)
    const isWhole = count < size || size >= wholeBodyLimit
    if (isWhole || head.includes('\n\n') || head.includes('\n\r\n')) return head.subarray(0, count)
  }
}

function readWhole({ descriptor, size }: OpenMessage): Uint8Array {
  const bytes = Buffer.allocUnsafe(size)
  let length = 0
  while (length < size) {
    const count = readSync(descriptor, bytes, length, size - length, length)
    if (count === 0) break
    length += count
  }
  return bytes.subarray(0, length)
}

async function* wireChunks({ descriptor }: OpenMessage): AsyncGenerator<Uint8Array> {
  const convert = createCrlfConverter()
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await readAt(descriptor, Buffer.allocUnsafe(chunkSize), 0, chunkSize, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield convert(buffer.subarray(0, bytesRead))
  }
}

async function* lfChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const converter = createLfConverter()
  for await (const chunk of chunks) yield converter.push(chunk)
  yield converter.end()
}

async function* checkSize(
  what: string,
  expected: number,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let found = 0
  for await (const chunk of chunks) {
    found += chunk.length
    yield chunk
  }
  if (found !== expected) throw sizeDiffers(what, expected, found)
}
