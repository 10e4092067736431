import type { BothSides, FolderPair, Side } from '@mailtide/contracts'

/** How an account and its two ends are called when they are spoken of. */
export interface AccountNames {
  readonly account: string
  /** Names and types of the repositories. */
  readonly repositories: BothSides<{ readonly name: string; readonly type: string }>
  /** The server, as `host:port`. */
  readonly server: string
  readonly folderName: (path: string) => string
}

/** The speaker of what concerns a whole account. */
export function accountSpeaker({ account }: Pick<AccountNames, 'account'>): string {
  return `Account sync ${account}`
}

/** The speaker of what concerns one folder. */
export function folderSpeaker(names: AccountNames, folders: FolderPair): string {
  return `Folder ${names.folderName(folders.remote)} [acc: ${names.account}]`
}

/** `Disk:INBOX`. */
export function placeOf(names: AccountNames, side: Side, folders: FolderPair): string {
  return `${names.repositories[side].name}:${names.folderName(folders[side])}`
}

/** `1 message`, `2 messages`. */
export function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}
