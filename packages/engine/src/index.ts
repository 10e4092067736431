export type { Inheritance, InheritedMessage } from '@mailtide/planner'
export { sync } from './sync.ts'
export type { FolderPairing, ListedFolders, RetryPolicy, SideRules, SyncReport, SyncRequest } from './sync-request.ts'
