import { MailtideError } from '@mailtide/contracts'

/** `--delete-folder` is for one account. */
export function notOneAccount(accounts: readonly string[]): MailtideError {
  const message = `--delete-folder wants exactly one account, and there are ${accounts.length}: ${accounts.join(', ')}`
  return new MailtideError('cli/not-one-account', message, { scope: 'run', hint: 'Name one with -a ACCOUNT.' })
}

/** A folder that nobody may delete. */
export function folderNotDeletable(name: string, reason: string): MailtideError {
  return new MailtideError('cli/folder-not-deletable', `the folder '${name}' cannot be deleted: ${reason}`, {
    scope: 'folder',
  })
}

/** `--delete-folder` names a folder that the server does not list. */
export function folderNotThere(name: string): MailtideError {
  return new MailtideError('cli/no-such-folder', `there is no folder '${name}', which --delete-folder names`, {
    scope: 'folder',
    hint: 'mailtide --info shows the names of all folders, as --delete-folder takes them.',
  })
}

/** The back end of the remote side has no way to delete folders. */
export function deletesNoFolders(repository: string): MailtideError {
  return new MailtideError('cli/deletes-no-folders', `[Repository ${repository}] deletes no folders`, {
    scope: 'account',
  })
}
