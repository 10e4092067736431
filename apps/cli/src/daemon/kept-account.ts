import type { BothSides, Cursor, FolderPair, FolderPath, Repository, Side } from '@mailtide/contracts'
import type { ListedFolders } from '@mailtide/engine'
import type { AccountPairing } from '../rules/pair-account.ts'

/** What a daemon keeps of an account from one sync to the next. */
export interface KeptAccount {
  /** The pairing of the last round. */
  pairing: AccountPairing | undefined
  /** What the last round met, synced or not. */
  listed: BothSides<Set<FolderPath>>
  /** Where both sides of each pair stood at its end. */
  cursors: ReadonlyMap<FolderPath, BothSides<Cursor>>
  /** Names in `idlefolders` of which it was told that no such folder is synced. */
  readonly missed: Set<string>
  /** How often in a row following the account has come to an untimely end. */
  trouble: number
  /** An end that is open already, if it was opened in this manner, or else the one that is made now. */
  end(side: Side, manner: string, make: () => Promise<Repository>): Promise<Repository>
  /** The ends that are open. */
  readonly ends: Partial<BothSides<Repository>>
  noteListed(listed: ListedFolders): void
  noteCursors(folders: Iterable<readonly [FolderPair, BothSides<Cursor> | undefined]>): void
  /** Closes both ends. */
  drop(): Promise<void>
}

/** Keeps nothing yet. */
export function createKeptAccount(): KeptAccount {
  const open = new Map<Side, { readonly manner: string; readonly repository: Repository }>()
  const close = async (side: Side) => {
    const kept = open.get(side)
    open.delete(side)
    await kept?.repository.close()
  }
  return {
    pairing: undefined,
    listed: { local: new Set(), remote: new Set() },
    cursors: new Map(),
    missed: new Set(),
    trouble: 0,
    async end(side, manner, make) {
      const kept = open.get(side)
      if (kept?.manner === manner) return kept.repository
      await close(side)
      const repository = await make()
      open.set(side, { manner, repository })
      return repository
    },
    get ends() {
      const [local, remote] = [open.get('local')?.repository, open.get('remote')?.repository]
      return { ...(local && { local }), ...(remote && { remote }) }
    },
    noteListed({ local, remote }) {
      this.listed = { local: new Set(local), remote: new Set(remote) }
    },
    noteCursors(folders) {
      const cursors = new Map<FolderPath, BothSides<Cursor>>()
      for (const [{ remote }, both] of folders) if (both) cursors.set(remote, both)
      this.cursors = cursors
    },
    async drop() {
      await Promise.allSettled([close('local'), close('remote')])
    },
  }
}
