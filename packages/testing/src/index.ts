export { describeStatusStore, type StatusStoreUnderTest } from './describe-status-store.ts'
export {
  type DovecotOptions,
  type DovecotServer,
  type DovecotUserOptions,
  startDovecot,
} from './dovecot.ts'
export { type DovecotAvailability, dovecotAvailability } from './dovecot-availability.ts'
export {
  expectGreatLaw,
  type History,
  histories,
  type LawMessage,
  type LawSide,
  type LawWorld,
} from './great-law.ts'
export { createMemoryStatus } from './memory-status.ts'
export { temporaryDirectory } from './temporary-directory.ts'
