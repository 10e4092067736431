export type { Inheritance, InheritedMessage } from '@mailtide/planner'
export { sync } from './sync.ts'
export type {
  FolderPairing,
  LabelPolicy,
  ListedFolders,
  RetryPolicy,
  SideRules,
  SyncReport,
  SyncRequest,
} from './sync-request.ts'
export { verify } from './verify.ts'
export type {
  Difference,
  FolderVerification,
  OctetHash,
  Outlook,
  Repairs,
  VerifyCounts,
  VerifyEvent,
  VerifyReport,
  VerifyRequest,
} from './verify-request.ts'
