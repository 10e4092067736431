import { impossibleFolder, unknownFolder } from '../errors.ts'
import { decodeMailboxName, encodeMailboxName } from '../wire/mailbox-name.ts'
import type { Account, Refusal } from './account.ts'
import type { FolderOptions, TestFolder } from './test-folder.ts'

/** All folders of one user as a test sees them. Folder names are whole: with the namespace's prefix, in UTF-8. */
export interface TestAccount {
  folders(): TestFolder[]
  folder(name: string): TestFolder
  has(name: string): boolean
  /** Makes a folder, with `\Noselect` parents where there are none. */
  create(name: string, options?: FolderOptions): TestFolder
  /** A folder with others below it stays listed, as `\Noselect`. Sessions that have it open are closed with a BYE. */
  delete(name: string): void
  /** Takes the folders below it along. INBOX itself stays, and only its messages go. */
  rename(from: string, to: string): void
  subscribe(name: string): void
  unsubscribe(name: string): void
  /** What is subscribed, whether it exists or not. */
  subscriptions(): string[]
}

/** Why a folder can't be made, deleted or renamed, in words. */
export const refusalTexts: Readonly<Record<Refusal, string>> = {
  exists: 'Mailbox already exists',
  missing: 'Mailbox does not exist',
  permanent: 'INBOX cannot be deleted',
  outside: 'Mailbox is outside the namespace',
  malformed: 'Mailbox name has an empty part',
  'inside-itself': 'Mailbox cannot be moved into itself',
}

/** Shows an account to a test. */
export function createTestAccount(account: Account): TestAccount {
  // A client may have made a mailbox whose name is no modified UTF-7: it has its wire name here.
  function wireName(name: string): string {
    const encoded = encodeMailboxName(name)
    return !account.find(encoded) && account.find(name) ? name : encoded
  }

  function folder(name: string): TestFolder {
    const mailbox = account.find(wireName(name))
    if (!mailbox) throw unknownFolder(name)
    return mailbox
  }

  function insist(name: string, refusal: Refusal | undefined): void {
    if (refusal !== undefined) throw impossibleFolder(name, refusalTexts[refusal])
  }

  return {
    folders: () => [...account.mailboxes.values()],
    folder,
    has: (name) => account.find(wireName(name)) !== undefined,
    create(name, options) {
      insist(name, account.create(encodeMailboxName(name), options))
      return folder(name)
    },
    delete: (name) => insist(name, account.delete(wireName(name))),
    rename: (from, to) => insist(to, account.rename(wireName(from), encodeMailboxName(to))),
    subscribe: (name) => account.subscribe(wireName(name)),
    unsubscribe: (name) => account.unsubscribe(wireName(name)),
    subscriptions: () => [...account.subscribed].map(decodeMailboxName),
  }
}
