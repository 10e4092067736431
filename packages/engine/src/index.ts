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
