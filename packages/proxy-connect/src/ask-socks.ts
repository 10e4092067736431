import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { SocksClient, type SocksClientOptions } from 'socks'
import { notAProxy, type ProxyRefusal, proxyLoginRefused, proxyRefused } from './errors.ts'
import { hostAndPort } from './proxy.ts'
import { takeOctets } from './take-octets.ts'
import type { Target } from './target.ts'

/** What the library calls the answers of proxies that refuse (RFC 1928, 6; SOCKS 4). */
const refusals: ReadonlyMap<string, ProxyRefusal> = new Map([
  ['Failure', { reason: 'general failure', retryable: true }],
  ['NotAllowed', { reason: 'its rules do not allow it', retryable: false }],
  ['NetworkUnreachable', { reason: 'the network is unreachable', retryable: true }],
  ['HostUnreachable', { reason: 'the host is unreachable', retryable: true }],
  ['ConnectionRefused', { reason: 'the connection was refused', retryable: true }],
  ['TTLExpired', { reason: 'the way there is too long', retryable: true }],
  ['CommandNotSupported', { reason: 'it does not connect', retryable: false }],
  ['AddressNotSupported', { reason: 'it does not know this kind of address', retryable: false }],
  ['Failed', { reason: 'rejected, or failed', retryable: true }],
  ['Rejected', { reason: 'it finds no identd here', retryable: false }],
  ['RejectedIdent', { reason: 'identd here names another user', retryable: false }],
])

/**
 * Asks a SOCKS proxy to connect (RFC 1928, RFC 1929, SOCKS 4a). A name goes to it as a name.
 *
 * The library gets the octets handed one by one, through a stream that only looks like the socket: it would take what comes
 * behind the answer with it, and starts the socket to flow before anyone listens.
 */
export async function askSocks(socket: Socket, target: Target, timeout: number): Promise<void> {
  const { proxy, host, port } = target
  const { user, password } = proxy
  const proxyOptions: SocksClientOptions['proxy'] = {
    host: proxy.host,
    port: proxy.port,
    type: proxy.type === 'SOCKS4' ? 4 : 5,
    ...(user === undefined ? {} : { userId: user }),
    ...(password === undefined ? {} : { password: password.reveal() }),
  }
  const client = new SocksClient({ command: 'connect', destination: { host, port }, proxy: proxyOptions, timeout })
  let isDecided = false
  const refused = new Promise<never>((_, reject) => {
    client.once('established', () => {
      isDecided = true
    })
    client.once('error', ({ message }) => {
      isDecided = true
      // The error itself holds all options, the password among them.
      reject(describeRefusal(message, target))
    })
  })
  const stand = new Duplex({
    read() {},
    write(octets, _encoding, written) {
      socket.write(octets)
      written()
    },
  })
  client.connect(stand)
  const taken = takeOctets(socket, (octet) => {
    stand.emit('data', octet)
    return isDecided
  })
  // A login is judged a moment after its answer came, when the proxy may have hung up already.
  await Promise.race([refused, taken.catch((thrown) => nextTurn().then(() => Promise.reject(thrown)))])
}

function describeRefusal(words: string, { proxy, host, port }: Target) {
  const name = / - \(?(\w+)\)?$/.exec(words)?.[1] ?? ''
  const refusal = refusals.get(name)
  if (refusal) return proxyRefused(proxy, hostAndPort(host, port), refusal)
  if (/no accepted authentication/.test(words))
    return proxyLoginRefused(proxy, 'it takes no way to log in that we have')
  if (/authentication failed/i.test(words)) return proxyLoginRefused(proxy, 'it does not take the user or the password')
  return notAProxy(proxy, `it speaks no ${proxy.type === 'SOCKS4' ? 'SOCKS 4' : 'SOCKS 5'}`)
}
