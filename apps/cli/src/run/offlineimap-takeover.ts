import { type AccountConfig, isMaildir } from '@mailtide/config'
import type { Pair, StatusStore } from '@mailtide/contracts'
import type { SyncRequest } from '@mailtide/engine'
import type { MessageToWrite, OfflineImapAccount, OfflineImapFolder } from '@mailtide/offlineimap-state'
import { type NamedPair, namedPairOf } from '../rules/pair-account.ts'
import { withNotedLabels } from './labels.ts'

/** What OfflineIMAP knew of an account's folders, asked once for each pair of folders that mailtide knows nothing of. */
export function createInherit(
  account: AccountConfig,
  metadata: string,
  pairs: () => readonly NamedPair[],
): NonNullable<SyncRequest['inherit']> {
  return async (folders) => {
    const { openOfflineImapState, sharedFiles } = await import('@mailtide/offlineimap-state')
    const pair = namedPairOf(pairs(), folders)
    if (!pair) return undefined
    const folder = nameOf(pair)
    // Of folders that OfflineIMAP could not tell apart it knew nothing that can be believed.
    const isShared = sharedFiles(pairs().map(nameOf)).some((shared) =>
      shared.folders.some((one) => isSame(one, folder)),
    )
    const state = openOfflineImapState(accountOf(account, metadata))
    const found = isShared ? undefined : state.inherit(folder)
    if (!found) return undefined
    const { remoteUidValidity: remoteEpoch, localUidValidity: localEpoch } = found
    const noted = account.labels && state.readStatus(folder)?.entries
    const messages = noted ? withNotedLabels(found.messages, noted, account.labels.header) : found.messages
    const isHere = isMaildir(account.local)
    return { remoteEpoch, messages, ...(!isHere && localEpoch !== undefined && { localEpoch }) }
  }
}

/** Brings OfflineIMAP's own state up to date; answers what could not be written. */
export async function writeForOfflineImap(
  account: AccountConfig,
  { metadata, fsync }: { readonly metadata: string; readonly fsync: boolean },
  pairs: readonly NamedPair[],
  status: StatusStore,
): Promise<readonly Error[]> {
  const { writeOfflineImapState } = await import('@mailtide/offlineimap-state')
  const folders = pairs.flatMap((pair) => {
    const known = status.folder(pair.folders)
    const { cursors } = known
    if (!cursors) return []
    return {
      ...nameOf(pair),
      remoteUidValidity: cursors.remote.epoch,
      ...(!isMaildir(account.local) && { localUidValidity: cursors.local.epoch }),
      messages: labelled(known.pairs()),
    }
  })
  const { failures } = await writeOfflineImapState(accountOf(account, metadata), folders, { durable: fsync })
  return failures.map(({ error }) => error)
}

/** Labels as OfflineIMAP lists them; of messages without any knowledge of labels, what it noted stays. */
function labelled(pairs: Iterable<Pair>): Iterable<MessageToWrite> {
  return {
    *[Symbol.iterator]() {
      for (const { labels, ...pair } of pairs) yield labels ? { ...pair, labels: [...labels] } : pair
    },
  }
}

function accountOf({ name, local, remote }: AccountConfig, metadata: string): OfflineImapAccount {
  return {
    metadata,
    account: name,
    localRepository: local.name,
    remoteRepository: remote.name,
    ...(isMaildir(local) && { keywords: Object.fromEntries(local.customFlags) }),
  }
}

function isSame(one: OfflineImapFolder, other: OfflineImapFolder): boolean {
  return one.remoteName === other.remoteName && one.localName === other.localName
}

function nameOf({ names, visibleRemoteName, separators }: NamedPair): OfflineImapFolder {
  return {
    remoteName: names.remote,
    visibleName: visibleRemoteName,
    remoteSeparator: separators.remote,
    localName: names.local,
  }
}
