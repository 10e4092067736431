import { insecureAddress } from './errors.ts'

/** An address to which a secret may go: `https:`, or `http:` to this very machine. */
export function safeAddress(text: string, what: string): URL {
  const url = URL.parse(text)
  const isPrivate = url?.protocol === 'https:' || (url && isLoopback(url))
  if (url && isPrivate && url.username === '' && url.password === '') return url
  throw insecureAddress(what)
}

/** Whether this is plain HTTP that leaves the machine nowhere. */
export function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}
