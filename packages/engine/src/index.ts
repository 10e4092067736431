export { sync } from './sync.ts'
export type { FolderRules, RetryPolicy, SideRules, SyncReport, SyncRequest } from './sync-request.ts'
