export type { GssapiSteps } from './login/gssapi.ts'
export type { ImapOptions, Tunnel, WatchOptions } from './options.ts'
export { createImapRepository } from './repository.ts'
export type { TlsVersion } from './tls-versions.ts'
