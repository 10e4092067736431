import { join } from 'node:path'
import type { Side } from '@mailtide/contracts'
import type { OfflineImapAccount, OfflineImapFolder } from './account.ts'
import { repositoryFileName, statusFileName } from './file-names.ts'

/** Where OfflineIMAP keeps the status of an account's folders: the present kind, and the one before it. */
export function statusDirectories({ metadata, account }: OfflineImapAccount): { sqlite: string; flat: string } {
  const directory = join(metadata, `Account-${account}`)
  return { sqlite: join(directory, 'LocalStatus-sqlite'), flat: join(directory, 'LocalStatus') }
}

/** Where it keeps the status of one folder. */
export function statusFiles(account: OfflineImapAccount, folder: OfflineImapFolder): { sqlite: string; flat: string } {
  const { sqlite, flat } = statusDirectories(account)
  const name = statusFileName(folder)
  return { sqlite: join(sqlite, name), flat: join(flat, name) }
}

/** Where it keeps what one repository says of a folder. */
export function repositoryFile(
  account: OfflineImapAccount,
  side: Side,
  kind: 'FolderValidity' | 'UIDMapping' | 'StartUID',
  folder: OfflineImapFolder,
): string {
  const repository = side === 'local' ? account.localRepository : account.remoteRepository
  const name = side === 'local' ? folder.localName : folder.remoteName
  return join(account.metadata, `Repository-${repository}`, kind, repositoryFileName(name))
}
