import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createDirectoryNames } from '@mailtide/backend-maildir'
import { type AccountConfig, isMaildir } from '@mailtide/config'
import type { FolderPath } from '@mailtide/contracts'
import type { Mailbox } from '@mailtide/mutt-mailboxes'
import type { NamedPair } from '../rules/pair-account.ts'

/** A mailbox, and the name of its folder as rules know it: that of its directory but for what no directory can be called. */
export interface NamedMailbox {
  readonly box: Mailbox
  readonly name: string
}

/**
 * The mailboxes of an account's folders. One that could not be made here, or may not, is none; in a dry run it may still
 * come. Those of an account between two servers are no directories.
 */
export function mailboxesOf(
  { name: account, local }: AccountConfig,
  pairs: readonly NamedPair[],
  { dryRun }: { readonly dryRun: boolean },
): NamedMailbox[] {
  if (!isMaildir(local)) {
    return pairs.map(({ names: { local: name } }) => ({
      box: { account, folder: name, localFolders: undefined },
      name,
    }))
  }
  const { root, separator } = local
  const { directoryOf } = createDirectoryNames(separator)
  return pairs.flatMap(({ folders, names }) => {
    const folder = directoryIn(directoryOf, folders.local)
    if (folder === undefined || !(dryRun || existsSync(join(root, folder)))) return []
    return { box: { account, folder, localFolders: root }, name: names.local }
  })
}

function directoryIn(directoryOf: (path: FolderPath) => string, path: FolderPath): string | undefined {
  try {
    return directoryOf(path)
  } catch {
    // There can be no such folder here, which was told when it was to be made.
    return undefined
  }
}
