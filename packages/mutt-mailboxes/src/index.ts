export { formatMailboxes, type ReadyList, type TemplateList } from './format-mailboxes.ts'
export type { Mailbox } from './mailbox.ts'
export { formatMailboxCache, parseMailboxCache } from './mailbox-cache.ts'
export type { MailboxFormat } from './ready-formats.ts'
