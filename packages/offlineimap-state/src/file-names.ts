import type { OfflineImapFolder } from './account.ts'
import { nameImpossible } from './errors.ts'

/** Several folders of which OfflineIMAP keeps the same file. */
export interface SharedFile {
  readonly file: string
  readonly folders: readonly OfflineImapFolder[]
}

/**
 * The file that a repository's metadata keeps of a folder: in `FolderValidity`, `UIDMapping` and `StartUID`.
 *
 * | folder     | file         |
 * | ---------- | ------------ |
 * | `INBOX`    | `INBOX`      |
 * | `Sub/Deep` | `Sub.Deep`   |
 * | (top)      | `dot`        |
 * | `a b&c`    | `a b&c`      |
 */
export function repositoryFileName(ownName: string): string {
  const name = ownName === '' ? 'dot' : ownName.replaceAll('/', '.')
  // No folder is called so in earnest; as a file it would be the directory itself, or the one above.
  if (name === '.' || name === '..' || name.includes('\0')) throw nameImpossible(ownName)
  return name
}

/** The file in `LocalStatus-sqlite` and `LocalStatus`: of the remote's visible name, its separators made dots. */
export function statusFileName(folder: Pick<OfflineImapFolder, 'visibleName' | 'remoteSeparator'>): string {
  const { visibleName, remoteSeparator } = folder
  // A name that is nothing but the separator is the top folder.
  if (visibleName === remoteSeparator) return repositoryFileName('')
  return repositoryFileName(remoteSeparator === '' ? visibleName : visibleName.replaceAll(remoteSeparator, '.'))
}

/**
 * The folders that cannot be told apart on OfflineIMAP's disk, such as `a/b` and `a.b`: nothing that it keeps of them
 * can be believed, and nothing can be written for it. Names that are no file at all are left out.
 */
export function sharedFiles(folders: Iterable<OfflineImapFolder>): SharedFile[] {
  const users = new Map<string, OfflineImapFolder[]>()
  for (const folder of folders) {
    for (const key of filesOf(folder)) users.set(key, [...(users.get(key) ?? []), folder])
  }
  const shared = [...users].filter(([, folders]) => folders.length > 1)
  return shared.map(([file, folders]) => ({ file, folders }))
}

function filesOf(folder: OfflineImapFolder): string[] {
  return [
    () => `LocalStatus-sqlite/${statusFileName(folder)}`,
    () => `local FolderValidity/${repositoryFileName(folder.localName)}`,
    () => `remote FolderValidity/${repositoryFileName(folder.remoteName)}`,
  ].flatMap((name) => {
    try {
      return name()
    } catch {
      return []
    }
  })
}
