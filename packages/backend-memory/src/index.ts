export type { MemoryMail } from './content.ts'
export type { EffectHooks, MemoryEffect } from './effects.ts'
export type { MailboxHandle, MemoryMessage } from './mailbox-handle.ts'
export { createMemoryRepository, type MemoryOptions, type MemoryRepository } from './memory-repository.ts'
