import {
  asMailtideError,
  type Cursor,
  type FolderPath,
  type MailtideError,
  type Repository,
  type Side,
} from '@mailtide/contracts'
import { accountSpeaker } from '../lines/names.ts'
import type { NamedPair } from '../rules/pair-account.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import type { RoundResult } from '../run/sync-once.ts'
import { type DisturbanceSetting, untilDisturbed } from './disturbances.ts'
import { createFolderQueue } from './folder-queue.ts'
import { readIdleFolders } from './idle-folders.ts'
import type { KeptAccount } from './kept-account.ts'

/** Why an account is watched no longer. */
export type WatchEnd =
  /** There are other folders than before. */
  | { readonly kind: 'folders-changed' }
  /** Connections are not to be relied on. */
  | { readonly kind: 'disturbed'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: MailtideError }

/** What watching is made of. */
export interface WatchParts extends DisturbanceSetting {
  /** Syncs some folders alone. */
  syncFolders(run: AccountRun, task: { folders: NamedPair['folders'][]; isEcho: boolean }): Promise<RoundResult>
  /** Told how each such sync went. */
  synced(result: RoundResult): void
}

/** Nothing has been read: everything may have changed. */
const unread: Cursor = { epoch: '', position: '' }

/**
 * Watches both sides of an account and syncs each folder in which something happens, one batch after the other, until that
 * is no longer possible or the signal aborts. What was begun is finished first.
 */
export async function watchAccount(
  run: AccountRun,
  kept: KeptAccount,
  parts: WatchParts,
  signal: AbortSignal,
): Promise<WatchEnd> {
  const queue = createFolderQueue(parts)
  const pairs = await inOrder(run, kept)
  const byPath = { local: indexOf(pairs, 'local'), remote: indexOf(pairs, 'remote') }
  for (const { folders } of pairs) queue.altered(folders)
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])

  async function listen(side: Side): Promise<WatchEnd> {
    const repository: Repository | undefined = kept.ends[side]
    if (!repository?.watch) return new Promise(() => undefined)
    const known = new Map(
      pairs.map(({ folders }) => [folders[side], kept.cursors.get(folders.remote)?.[side] ?? unread]),
    )
    for await (const path of repository.watch(known, either)) {
      const pair = byPath[side].get(path)
      if (pair) queue.add(pair.folders)
      else if (!kept.listed[side].has(path)) {
        kept.listed[side].add(path)
        return { kind: 'folders-changed' }
      }
    }
    return { kind: 'folders-changed' }
  }

  async function work(): Promise<WatchEnd> {
    for (;;) {
      const { folders, isEcho } = await queue.take(either)
      const result = await parts.syncFolders(run, { folders: [...folders], isEcho })
      parts.synced(result)
      if (result.changes) for (const each of folders) queue.altered(each)
      if (result.stoppedBy) return { kind: 'failed', error: result.stoppedBy }
    }
  }

  async function notice(): Promise<WatchEnd> {
    return { kind: 'disturbed', reason: await untilDisturbed(parts, either) }
  }

  const tasks = [listen('local'), listen('remote'), work(), notice()].map((task) =>
    task.catch((thrown): WatchEnd => ({ kind: 'failed', error: asMailtideError(thrown, 'account') })),
  )
  const aborted = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), { once: true })
  })
  try {
    return await Promise.race([...tasks, aborted])
  } finally {
    stop.abort()
    // A sync under way is not cut off.
    await tasks[2]
  }
}

/** The pairs of the last round, those of `idlefolders` first. */
async function inOrder(run: AccountRun, { pairing, missed }: KeptAccount): Promise<readonly NamedPair[]> {
  const { account, evaluator, output } = run
  const pairs = pairing?.named ?? []
  const first = await readIdleFolders(account.remote, evaluator)
  for (const name of account.remote.idleFolders ? first : []) {
    if (missed.has(name) || pairs.some(({ names }) => names.remote === name)) continue
    missed.add(name)
    const text = `idlefolders names ${name}, which is not synced`
    output.show({ level: 'warning', text, speaker: accountSpeaker(namesOf(account)) })
  }
  const rank = ({ names }: NamedPair) => {
    const index = first.indexOf(names.remote)
    return index === -1 ? first.length : index
  }
  return pairs.toSorted((a, b) => rank(a) - rank(b))
}

function indexOf(pairs: readonly NamedPair[], side: Side): ReadonlyMap<FolderPath, NamedPair> {
  return new Map(pairs.map((pair) => [pair.folders[side], pair]))
}
