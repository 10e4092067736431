import { once } from 'node:events'
import { connect as connectSocket, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createByteQueue } from './wire/byte-queue.ts'
import { type Compression, createCompression } from './wire/compression.ts'

/** How a command was answered. Everything is latin1, with literals where they stood: `BODY[] {3}\r\nabc)`. */
export interface RawAnswer {
  /** `OK`, `NO` or `BAD`; `BYE` if the connection ended instead. */
  readonly status: string
  /** What stood behind the status. */
  readonly text: string
  /** Without their `* `. */
  readonly untagged: readonly string[]
}

/** A client for tests of servers, which takes nothing for granted. */
export interface RawClient {
  readonly greeting: string
  /** Sends a command and waits for its end. A literal goes with LITERAL+ as `{n+}`; texts are latin1. */
  run(...parts: readonly (string | Uint8Array)[]): Promise<RawAnswer>
  /** Sends octets as they are. */
  send(octets: string | Uint8Array): void
  /** The next response, whatever it is; undefined when the connection has ended. */
  next(): Promise<string | undefined>
  /** What came in and is no whole response. */
  left(): string
  startTls(authority: string): Promise<void>
  startCompression(): void
  /** Sends what is still to be sent, and closes. */
  end(): void
  close(): void
}

/** Where to connect to. */
export interface RawTarget {
  readonly host: string
  readonly port: number
  /** For TLS from the start. */
  readonly authority?: string
  /** What to show there, as PEM. */
  readonly client?: { readonly certificate: string; readonly key: string }
}

/** Connects and reads the greeting. */
export async function openRawClient({ host, port, authority, client }: RawTarget): Promise<RawClient> {
  let socket: Socket =
    authority === undefined
      ? connectSocket({ host, port })
      : connectTls({
          host,
          port,
          ca: authority,
          servername: 'localhost',
          ...(client && { cert: client.certificate, key: client.key }),
        })
  const queue = createByteQueue()
  let compression: Compression | undefined
  let ended = false
  let partial = ''
  let wake = () => {}
  let lastTag = 0
  listen()

  function listen(): void {
    socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => {
      if (compression) compression.receive(chunk)
      else receive(chunk)
    })
    socket.on('error', end)
    socket.on('close', () => (compression ? compression.endInput(end) : end()))
  }

  function end(): void {
    ended = true
    wake()
  }

  function receive(chunk: Buffer): void {
    queue.push(chunk)
    wake()
  }

  async function waitFor<T>(take: () => T | undefined): Promise<T | undefined> {
    for (;;) {
      const taken = take()
      if (taken !== undefined || ended) return taken
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  async function next(): Promise<string | undefined> {
    let response = ''
    partial = ''
    for (;;) {
      const line = await waitFor(queue.takeLine)
      if (line === undefined) return undefined
      response += line
      const size = /\{(\d+)\}$/.exec(line)?.[1]
      if (size === undefined) return response
      partial = `${response}\r\n`
      const octets = await waitFor(() => queue.take(Number(size)))
      if (!octets) return undefined
      response += `\r\n${octets.toString('latin1')}`
    }
  }

  function send(octets: string | Uint8Array): void {
    const data = typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets
    if (compression) compression.send(data)
    else socket.write(data)
  }

  return {
    greeting: (await next()) ?? '',
    async run(...parts) {
      const tag = `a${++lastTag}`
      send(`${tag} `)
      for (const part of parts) {
        if (typeof part !== 'string') send(`{${part.length}+}\r\n`)
        send(part)
      }
      send('\r\n')
      const untagged: string[] = []
      for (;;) {
        const response = await next()
        if (response === undefined) return { status: 'BYE', text: '', untagged }
        if (response.startsWith(`${tag} `)) {
          const [, status, ...words] = response.split(' ')
          return { status: status!, text: words.join(' '), untagged }
        }
        if (response.startsWith('* ')) untagged.push(response.slice(2))
      }
    },
    send,
    next,
    left: () => partial + queue.take(queue.length)!.toString('latin1'),
    async startTls(ca) {
      socket.removeAllListeners()
      socket = connectTls({ socket, ca, servername: 'localhost' })
      await once(socket, 'secureConnect')
      listen()
    },
    startCompression() {
      compression = createCompression(socket, receive, () => socket.destroy())
    },
    end: () => void socket.end(),
    close: () => socket.destroy(),
  }
}
