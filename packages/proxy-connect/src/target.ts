import type { ProxyServer } from './proxy.ts'

/** Where to connect to, and through which proxy. */
export interface Target {
  readonly proxy: ProxyServer
  /** A name is resolved by the proxy, never here. */
  readonly host: string
  readonly port: number
}
