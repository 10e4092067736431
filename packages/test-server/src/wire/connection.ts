import { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { certificate } from '../certificate.ts'
import { clientCertificate } from '../client-certificate.ts'
import { createByteQueue } from './byte-queue.ts'
import { type Compression, createCompression } from './compression.ts'
import { createDelayLine } from './delay-line.ts'
import { createOutlet } from './outlet.ts'

/** One client's connection: lines and octets in, octets out, through TLS and compression once they are asked for. */
export interface Connection {
  /** The next line without its line end; undefined when the client is gone and left none. Sends what was written first. */
  readLine(): Promise<string | undefined>
  /** The next octets; undefined when the client is gone and left fewer. Sends what was written first. */
  read(count: number): Promise<Buffer | undefined>
  /** How many octets were read so far. */
  readonly consumed: number
  write(data: string | Uint8Array): void
  /** Octets that were written and not yet sent. */
  readonly unsent: number
  /** Sends what was written, and waits while the client is slow to take it. */
  flush(): Promise<void>
  /** From here on everything is encrypted. What the client sent too early is dropped (RFC 3501, 6.2.1). */
  startTls(): void
  /** The common name of the certificate that the client showed, if it is one to be trusted. */
  certifiedName(): string | undefined
  /** From here on everything is compressed, both ways (RFC 4978). */
  startCompression(): void
  /** Closes after what was written has been sent. */
  end(): void
  /** Closes at once. What was written and not flushed is lost. */
  cut(): void
  /** Cuts as soon as this many octets have come in, counted from the first of the connection. */
  cutAfterReceiving(octets: number): void
  /** Cuts when this many more octets have been sent. */
  cutAfterSending(octets: number): void
  /** Sends no faster than this; undefined takes the limit away. */
  limitSpeed(bytesPerSecond: number | undefined): void
  /** Aborts when the connection is closed, by whomever. */
  readonly closed: AbortSignal
}

/** How long a client may leave a connection open that the server has ended. */
const lingering = 1000

let sharedContext: SecureContext | undefined

// Whether a certificate is good is looked at when someone logs in by it.
const askForCertificate = { requestCert: true, rejectUnauthorized: false }

/** Takes over an accepted socket. Everything that comes in is held back for `latency` milliseconds. */
export function createConnection(accepted: Socket, latency: number): Connection {
  const closing = new AbortController()
  const queue = createByteQueue()
  const outlet = createOutlet({ send, finish })
  let socket = accepted
  let compression: Compression | undefined
  let received = 0
  let receiveLimit = Infinity
  let wake = () => {}
  let goOnSending = () => {}
  const delayed = createDelayLine<() => void>(latency, (happen) => happen())
  accepted.setNoDelay(true)
  listen()

  function listen(): void {
    // A client that goes away, or does not trust the certificate, is nothing that went wrong here: `close` follows.
    socket.on('data', onData).on('drain', onDrain).on('close', onClose).on('error', onDrain)
  }

  function onData(chunk: Buffer): void {
    delayed(() => arrive(chunk))
  }

  function onDrain(): void {
    goOnSending()
  }

  function onClose(): void {
    goOnSending()
    delayed(() => (compression ? compression.endInput(close) : close()))
  }

  function arrive(chunk: Buffer): void {
    if (compression) compression.receive(chunk)
    else receive(chunk)
  }

  function receive(chunk: Buffer): void {
    received += chunk.length
    queue.push(chunk)
    if (received >= receiveLimit) cut()
    wake()
  }

  function send(data: Uint8Array): Promise<void> | undefined {
    if (!socket.writable) return undefined
    if (compression) compression.send(data)
    else socket.write(data)
    if (!socket.writableNeedDrain) return undefined
    return new Promise((resolve) => {
      goOnSending = resolve
    })
  }

  function finish(): void {
    if (closing.signal.aborted) return
    if (compression) compression.end()
    else socket.end()
    setTimeout(cut, lingering).unref()
  }

  // What a client sent before it went away is still carried out.
  function close(): void {
    accepted.destroy()
    closing.abort()
    wake()
  }

  function cut(): void {
    outlet.discard()
    queue.clear()
    socket.destroy()
    goOnSending()
    close()
  }

  async function waitFor<T>(take: () => T | undefined): Promise<T | undefined> {
    for (;;) {
      const taken = take()
      if (taken !== undefined || closing.signal.aborted) return taken
      const arrival = new Promise<void>((resolve) => {
        wake = resolve
      })
      await outlet.flush()
      if (!closing.signal.aborted) await arrival
    }
  }

  return {
    readLine: () => waitFor(queue.takeLine),
    read: (count) => waitFor(() => queue.take(count)),
    get consumed() {
      return received - queue.length
    },
    write: outlet.write,
    get unsent() {
      return outlet.unsent
    },
    flush: outlet.flush,
    startTls() {
      socket.off('data', onData).off('drain', onDrain).off('close', onClose)
      queue.clear()
      sharedContext ??= createSecureContext({ cert: certificate.certificate, key: certificate.key })
      socket = new TLSSocket(accepted, { isServer: true, secureContext: sharedContext, ...askForCertificate })
      listen()
    },
    certifiedName() {
      const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
      if (!shown?.verify(new X509Certificate(clientCertificate.authority).publicKey)) return undefined
      return /^CN=(.*)$/m.exec(shown.subject)?.[1]
    },
    startCompression() {
      compression = createCompression(socket, receive, cut)
    },
    end() {
      void outlet.flush().then(finish)
    },
    cut,
    cutAfterReceiving(octets) {
      receiveLimit = octets
      if (received >= receiveLimit) cut()
    },
    cutAfterSending: outlet.cutAfter,
    limitSpeed: outlet.limitSpeed,
    closed: closing.signal,
  }
}
