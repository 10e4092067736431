import { once } from 'node:events'
import { type IncomingMessage, request as sendRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as startTls } from 'node:tls'
import { connectThroughProxy } from './connect-through-proxy.ts'
import { answerTooLong } from './errors.ts'
import type { ProxyServer } from './proxy.ts'

/** The part of `fetch` that a client of OAuth 2.0 uses. */
export type ProxiedFetch = (address: string | URL, init?: RequestInit) => Promise<Response>

/** How {@link createProxiedFetch} differs from the usual. */
export interface ProxiedFetchOptions {
  /** Trusted authorities as PEM text; those of Node unless told. */
  readonly certificateAuthorities?: string
  /** Milliseconds until the server is reached, and those of silence that are borne afterwards. 30 s unless told. */
  readonly timeout?: number
}

const mostOctets = 1024 * 1024

/**
 * A `fetch` for small things that goes through a proxy: one connection a request, redirects are handed out and not followed,
 * the answer is read whole, up to 1 MiB. Certificates are checked as always; the name is resolved by the proxy.
 */
export function createProxiedFetch(proxy: ProxyServer, options: ProxiedFetchOptions = {}): ProxiedFetch {
  const { certificateAuthorities: ca, timeout = 30_000 } = options
  return async (address, init) => {
    const request = new Request(address, init)
    const url = new URL(request.url)
    const isTls = url.protocol === 'https:'
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    const port = Number(url.port) || (isTls ? 443 : 80)
    const body = Buffer.from(await request.arrayBuffer())
    const socket = await connectThroughProxy({ proxy, host, port }, request.signal, timeout)
    try {
      const line = isTls ? await secured(socket, host, ca, request.signal) : socket
      line.setTimeout(timeout, () => line.destroy(new Error(`${url.host} has been silent for ${timeout / 1000} s`)))
      const answer = await exchange(line, url, request, body)
      const content = await readWhole(answer, url.host)
      return new Response(content.length > 0 ? content : null, {
        status: answer.statusCode ?? 0,
        statusText: answer.statusMessage ?? '',
        headers: headersOf(answer),
      })
    } catch (thrown) {
      request.signal.throwIfAborted()
      throw thrown
    } finally {
      socket.destroy()
    }
  }
}

async function secured(socket: Socket, host: string, ca: string | undefined, signal: AbortSignal): Promise<Socket> {
  // RFC 6066, 3: an address is no server name.
  const servername = isIP(host) ? {} : { servername: host }
  const secure = startTls({
    socket,
    host,
    ALPNProtocols: ['http/1.1'],
    ...servername,
    ...(ca === undefined ? {} : { ca }),
  })
  // What becomes of it once the request is over concerns nobody.
  secure.on('error', () => secure.destroy())
  await once(secure, 'secureConnect', { signal })
  return secure
}

async function exchange(line: Socket, url: URL, request: Request, body: Buffer): Promise<IncomingMessage> {
  const sent = sendRequest({
    createConnection: () => line,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: {
      accept: '*/*',
      ...Object.fromEntries(request.headers),
      host: url.host,
      connection: 'close',
      ...(body.length > 0 || request.method === 'POST' ? { 'content-length': body.length } : {}),
    },
    signal: request.signal,
  })
  sent.end(body)
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  return answer
}

async function readWhole(answer: IncomingMessage, host: string): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > mostOctets) throw answerTooLong(host, mostOctets)
  }
  return Buffer.concat(chunks)
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  return headers
}
