export type { ImapOptions } from './options.ts'
export { createImapRepository } from './repository.ts'
