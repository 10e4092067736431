export type { Credential, CredentialProvider, CredentialRequest } from './credentials.ts'
export {
  asMailtideError,
  type ErrorScope,
  MailtideError,
  type MailtideErrorOptions,
} from './errors.ts'
export type {
  Counts,
  FlaggedMessages,
  HoldReason,
  RemovedMessages,
  SideCounts,
  SyncEvent,
} from './events.ts'
export {
  createFlagInterner,
  equalFlags,
  type Flag,
  type FlagDifference,
  type FlagSet,
  flagsBetween,
  mergeFlags,
  noFlags,
  type SystemFlag,
  sortedFlags,
} from './flags.ts'
export { type FolderPair, type FolderPath, folderPath, parentsOf, segmentsOf } from './folder-path.ts'
export { createSetInterner, type Label, type LabelChange, type LabelSet, noLabels } from './labels.ts'
export {
  type Appended,
  type Body,
  type FlagChange,
  type IncomingMessage,
  type Measure,
  type MeasuredForm,
  type MessageSummary,
  type OutgoingMessage,
  wholeBodyLimit,
} from './message.ts'
export type { Baseline, Intent, Pair, Permission, Permissions, Step, Window } from './planning.ts'
export type {
  Capabilities,
  Changes,
  Folder,
  FolderAccess,
  FolderRole,
  FolderSurvey,
  KnownMessages,
  Repository,
  Unreadable,
} from './repository.ts'
export { createSecret, type Secret } from './secret.ts'
export type { SecretStore } from './secret-store.ts'
export type { FolderStatus, StatusChange, StatusStore } from './status-store.ts'
export { type BothSides, type Cursor, type MessageId, messageId, otherSide, type Side } from './values.ts'
export { type FolderNews, watchFolders } from './watch-folders.ts'
