export { connectThroughProxy } from './connect-through-proxy.ts'
export { createProxiedFetch, type ProxiedFetch, type ProxiedFetchOptions } from './proxied-fetch.ts'
export { type ProxyServer, type ProxyType, parseProxy } from './proxy.ts'
export type { Target } from './target.ts'
