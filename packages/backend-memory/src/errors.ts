import { type FolderPath, MailtideError } from '@mailtide/contracts'

/** The store is not where it was. */
export function rootMissing(): MailtideError {
  return new MailtideError('memory/root-missing', 'the store in memory is unmounted', { scope: 'account' })
}

/** There is no such folder, or no longer. */
export function noSuchFolder(path: FolderPath): MailtideError {
  return new MailtideError('memory/no-such-folder', `there is no folder ${path}`, { scope: 'folder' })
}

/** The folder was closed, or the whole repository with it. */
export function folderClosed(path: FolderPath): MailtideError {
  return new MailtideError('memory/folder-closed', `${path} is closed`, { scope: 'folder' })
}

/** Somebody asked for a change in a folder that is only looked at, or takes none. */
export function folderReadOnly(path: FolderPath): MailtideError {
  return new MailtideError('memory/read-only', `${path} may not be altered`, { scope: 'folder' })
}

/** A test speaks of a message that is not there. */
export function noSuchMessage(path: FolderPath, id: string): MailtideError {
  return new MailtideError('memory/no-such-message', `there is no message ${id} in ${path}`, { scope: 'message' })
}

/** A body can be streamed once, and only until the next message is asked for. */
export function bodyTaken(id: string): MailtideError {
  return new MailtideError('memory/body-taken', `the body of ${id} can no longer be read`, { scope: 'message' })
}

/** The repository was closed while somebody waited for a connection. */
export function repositoryClosed(): MailtideError {
  return new MailtideError('memory/repository-closed', 'the repository in memory was closed', { scope: 'account' })
}
