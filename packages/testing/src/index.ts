export {
  type DovecotOptions,
  type DovecotServer,
  type DovecotUserOptions,
  startDovecot,
} from './dovecot.ts'
export { type DovecotAvailability, dovecotAvailability } from './dovecot-availability.ts'
export { temporaryDirectory } from './temporary-directory.ts'
