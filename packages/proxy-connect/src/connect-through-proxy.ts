import { connect, isIP, type Socket } from 'node:net'
import { domainToASCII } from 'node:url'
import { MailtideError } from '@mailtide/contracts'
import { askHttp } from './ask-http.ts'
import { askSocks } from './ask-socks.ts'
import { noHostName, printable, proxyHungUp, proxyTimedOut, proxyUnreachable } from './errors.ts'
import { hostAndPort } from './proxy.ts'
import type { Target } from './target.ts'

/**
 * Connects to a server through a proxy and through nothing else. The socket comes as a connected one of Node would, with
 * nothing read of what the server says; whoever gets it has to listen for its errors at once. Milliseconds until the server
 * is reached; the signal ends it before that, with its reason.
 */
export async function connectThroughProxy(target: Target, signal: AbortSignal, timeout: number): Promise<Socket> {
  signal.throwIfAborted()
  const { proxy, port } = target
  // SOCKS and HTTP know ASCII alone.
  const host = isIP(target.host) ? target.host : domainToASCII(target.host)
  if (host === '') throw noHostName(target.host)
  const socket = connect({ host: proxy.host, port: proxy.port })
  const end = () => void socket.destroy()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    end()
  }, timeout)
  signal.addEventListener('abort', end, { once: true })
  let isConnected = false
  try {
    await connected(socket)
    isConnected = true
    socket.setNoDelay(true)
    await (proxy.type === 'HTTP'
      ? askHttp(socket, { proxy, host, port })
      : askSocks(socket, { proxy, host, port }, timeout))
    signal.throwIfAborted()
    return socket
  } catch (thrown) {
    // Whatever else may go wrong with it is told to nobody any more.
    socket.on('error', end)
    end()
    signal.throwIfAborted()
    const place = hostAndPort(target.host, port)
    if (isLate) throw proxyTimedOut(proxy, place, timeout)
    if (thrown instanceof MailtideError) throw thrown
    const reason = reasonOf(thrown)
    throw isConnected ? proxyHungUp(proxy, place, reason) : proxyUnreachable(proxy, reason)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

function connected(socket: Socket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onClose = () => reject(new Error(''))
  socket.on('connect', resolve).on('error', reject).on('close', onClose)
  return promise.finally(() => {
    socket.off('connect', resolve).off('error', reject).off('close', onClose)
  })
}

/** Several addresses that failed are one error without words. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return printable(String(thrown))
  return printable(thrown.message || ('code' in thrown ? String(thrown.code) : ''))
}
