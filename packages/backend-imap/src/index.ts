export type { GssapiSteps } from './login/gssapi.ts'
export type { ImapOptions } from './options.ts'
export { createImapRepository } from './repository.ts'
