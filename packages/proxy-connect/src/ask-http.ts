import type { Socket } from 'node:net'
import { notAProxy, printable, proxyLoginRefused, proxyRefused } from './errors.ts'
import { hostAndPort } from './proxy.ts'
import { takeOctets } from './take-octets.ts'
import type { Target } from './target.ts'

const mostOctets = 16 * 1024

/** Asks an HTTP proxy to connect (RFC 9110, 9.3.6). What it says besides its status is passed over. */
export async function askHttp(socket: Socket, { proxy, host, port }: Target): Promise<void> {
  const target = hostAndPort(host, port)
  const { user, password } = proxy
  const basic = Buffer.from(`${user ?? ''}:${password?.reveal() ?? ''}`).toString('base64')
  const authorization = user === undefined ? '' : `Proxy-Authorization: Basic ${basic}\r\n`
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`)

  let answer = ''
  await takeOctets(socket, (octet) => {
    answer += octet.toString('latin1')
    // Whoever speaks no HTTP at all need not be heard out.
    const isHttp = answer.startsWith('HTTP/1.') || 'HTTP/1.'.startsWith(answer)
    return !isHttp || answer.length > mostOctets || /\r?\n\r?\n$/.test(answer)
  })
  const [, status, words = ''] = /^HTTP\/1\.\d (\d{3})(?: ([^\r\n]*))?\r?\n/.exec(answer) ?? []
  if (status === undefined) throw notAProxy(proxy, 'it speaks no HTTP')
  if (answer.length > mostOctets) throw notAProxy(proxy, `its answer has more than ${mostOctets} octets`)
  const reason = printable(`${status} ${words}`)
  if (status === '407') throw proxyLoginRefused(proxy, reason)
  if (!status.startsWith('2')) {
    throw proxyRefused(proxy, target, { reason, retryable: status.startsWith('5') || status === '429' })
  }
}
