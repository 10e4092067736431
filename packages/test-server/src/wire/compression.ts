import type { Duplex } from 'node:stream'
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib'

/** The two streams of COMPRESS=DEFLATE (RFC 4978) on a socket. */
export interface Compression {
  receive(chunk: Buffer): void
  /** No more will be received: calls back once all that was has come out. */
  endInput(done: () => void): void
  send(data: Uint8Array): void
  end(): void
}

/** Compresses what goes to a socket and decompresses what is handed in; rubbish calls `fail`. */
export function createCompression(socket: Duplex, receive: (chunk: Buffer) => void, fail: () => void): Compression {
  // A stream that ends in the middle, as every such stream does, is no error.
  const inflate = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH })
  // Every answer has to leave the compressor whole, or the client would wait for its end.
  const deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH })
  inflate.on('data', receive).on('error', fail)
  deflate.on('data', (chunk: Buffer) => socket.write(chunk)).on('end', () => socket.end())
  return {
    receive: (chunk) => void inflate.write(chunk),
    endInput: (done) => void inflate.once('close', done).end(),
    send: (data) => void deflate.write(data),
    end: () => void deflate.end(),
  }
}
