import { createSecret, type Secret } from '@mailtide/contracts'
import { invalidProxy } from './errors.ts'

/** How a proxy is spoken to. */
export type ProxyType = 'SOCKS5' | 'SOCKS4' | 'HTTP'

/** A proxy, and who we are to it. */
export interface ProxyServer {
  readonly type: ProxyType
  /** A name or an address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** SOCKS4 takes a user without a password. */
  readonly user?: string
  readonly password?: Secret
}

const types: readonly ProxyType[] = ['SOCKS5', 'SOCKS4', 'HTTP']
const shape = /^(\w+):(?:([^:@]*)(?::(.*))?@)?(\[[\da-f:.]+\]|[^\s:@[\]/]+):(\d{1,5})$/i

/**
 * Reads a proxy as OfflineIMAP writes it; the type in any case. What stands before the last `@` is taken as it is.
 *
 * | text                           | proxy                               |
 * | ------------------------------ | ----------------------------------- |
 * | `SOCKS5:localhost:9050`        | SOCKS 5, the name resolved over there |
 * | `SOCKS4:10.0.0.1:1080`         | SOCKS 4a                            |
 * | `http:[fd00::1]:3128`          | HTTP CONNECT                        |
 * | `HTTP:bob:secret@proxy:3128`   | the same, with a user and a password |
 */
export function parseProxy(text: string): ProxyServer {
  const match = shape.exec(text.trim())
  if (!match) throw invalidProxy('it is not TYPE:host:port')
  const [, written = '', user, password, host = '', port] = match
  const type = types.find((each) => each === written.toUpperCase())
  if (!type) throw invalidProxy(`there is no type ${written}`)
  if (Number(port) < 1 || Number(port) > 65535) throw invalidProxy(`there is no port ${port}`)
  const address = host.replace(/^\[(.*)\]$/, '$1')
  return {
    type,
    host: address,
    port: Number(port),
    ...(user ? { user } : {}),
    ...(password === undefined ? {} : { password: createSecret(password) }),
  }
}

/** What messages call it: never with its user or password. */
export function describeProxy({ type, host, port }: ProxyServer): string {
  return `the ${type} proxy ${hostAndPort(host, port)}`
}

/** `host:port`, with brackets around IPv6 (RFC 3986, 3.2.2). */
export function hostAndPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
