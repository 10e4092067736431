export type { BackendFeature, BackendSuite, BackendUnderTest } from './backend-suite/backend-under-test.ts'
export { belowInbox, pathBelowInbox } from './below-inbox.ts'
export {
  type CourierAvailability,
  type CourierOptions,
  type CourierServer,
  courierAvailability,
  startCourier,
} from './courier.ts'
export { type CyrusAvailability, type CyrusOptions, type CyrusServer, cyrusAvailability, startCyrus } from './cyrus.ts'
export { type ProgramsAvailability, programsAvailability } from './debian-package.ts'
export { describeBackend } from './describe-backend.ts'
export {
  type CredentialProviderSuite,
  type CredentialStoreUnderTest,
  describeCredentialProvider,
  type HeldLogin,
} from './describe-credential-provider.ts'
export { describeStatusStore, type StatusStoreUnderTest } from './describe-status-store.ts'
export {
  type DovecotOptions,
  type DovecotServer,
  type DovecotUserOptions,
  startDovecot,
} from './dovecot.ts'
export { type DovecotAvailability, dovecotAvailability } from './dovecot-availability.ts'
export {
  type FakeAuthorizationServer,
  type FakeServerOptions,
  fakeAuthorizationServer,
  type Misbehaviour,
  sendJson,
} from './fake-authorization-server.ts'
export { fakeProgram } from './fake-program.ts'
export { type GnomeKeyring, gnomeKeyringPrograms, startGnomeKeyring } from './gnome-keyring.ts'
export { createGnupgHome, type GnupgHome, type GnupgHomeOptions } from './gnupg-home.ts'
export {
  expectGreatLaw,
  type History,
  histories,
  type LawMail,
  type LawMessage,
  type LawSide,
  type LawWorld,
} from './great-law.ts'
export { createKnife, type Knife } from './knife.ts'
export { flagSets, type Mail, mail } from './mail.ts'
export { createMemoryStatus } from './memory-status.ts'
export {
  type OfflineImapOutcome,
  type OfflineImapRun,
  offlineImapAvailability,
  runOfflineImap,
} from './offlineimap.ts'
export { temporaryDirectory } from './temporary-directory.ts'
