export type { OfflineImapAccount, OfflineImapFolder } from './account.ts'
export { repositoryFileName, type SharedFile, sharedFiles, statusFileName } from './file-names.ts'
export { type MbsyncUidValidity, mbsyncUidOf, readMbsyncUidValidity } from './mbsync-maildir.ts'
export { type MbsyncMessage, type MbsyncState, readMbsyncState } from './mbsync-state.ts'
export { type OfflineImapLock, offlineImapLock } from './offlineimap-lock.ts'
export {
  type InheritedFolder,
  type InheritedMessage,
  type OfflineImapState,
  openOfflineImapState,
  type StateOverview,
} from './open-offlineimap-state.ts'
export type { OfflineImapStatus, StatusEntry } from './status.ts'
export type { UidMap } from './uid-map.ts'
export {
  type FolderToWrite,
  type MessageToWrite,
  type WrittenState,
  writeOfflineImapState,
} from './write-offlineimap-state.ts'
