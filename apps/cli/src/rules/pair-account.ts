import {
  asMailtideError,
  type BothSides,
  type FolderPair,
  type FolderPath,
  folderPath,
  type Repository,
  segmentsOf,
} from '@mailtide/contracts'
import type { FolderPairing, ListedFolders } from '@mailtide/engine'
import type { RuledPair, SimilarFolders } from '@mailtide/folder-rules'
import type { RulesSource } from './account-rules.ts'

/** Which folders of an account belong together, by the rules of its repositories. */
export interface AccountPairing {
  pairFolders(listed: ListedFolders): Promise<FolderPairing>
  /** The local name that `FMD5=` is the hash of; undefined for a folder that is in no pair. */
  visibleName(path: FolderPath): string | undefined
  /** The pairs of folders that are synced, by their names on both sides. */
  readonly named: readonly NamedPair[]
  /** Names of `only` that no folder has. */
  missing(): readonly string[]
}

/** A pair of folders by name. */
export interface NamedPair {
  readonly folders: FolderPair
  /** Each side's own name, with its own separators. */
  readonly names: BothSides<string>
  /** What the remote's nametrans makes of its name. */
  readonly visibleRemoteName: string
  readonly separators: BothSides<string>
}

/** The pair that these folders are, among those that are synced. */
export function namedPairOf(pairs: readonly NamedPair[], { local, remote }: FolderPair): NamedPair | undefined {
  return pairs.find(({ folders }) => folders.local === local && folders.remote === remote)
}

/** What a pairing works with. */
export interface PairingParts {
  readonly source: RulesSource
  readonly local: Pick<Repository, 'separator'>
  readonly remote: Pick<Repository, 'separator' | 'open'>
  /** The names that `-f` gives, if it is given. */
  readonly only: readonly string[] | undefined
  readonly signal: AbortSignal
  /** Told of names that some file systems and servers take for one. */
  warn(similar: SimilarFolders): void
}

/** Creates the pairing of one sync. */
export function createAccountPairing({ source, local, remote, only, signal, warn }: PairingParts): AccountPairing {
  const visibleNames = new Map<FolderPath, string>()
  let missing: readonly string[] = []
  let named: readonly NamedPair[] = []

  /** `folderincludes` names folders that a server may not list: whether they are there shows when they are opened. */
  async function isThere({ folders, unlisted }: RuledPair): Promise<string | undefined> {
    if (!unlisted) return undefined
    try {
      await (await remote.open(folders.remote, 'examine', signal)).close()
      return undefined
    } catch (thrown) {
      signal.throwIfAborted()
      return `folderincludes names it, but it cannot be opened: ${asMailtideError(thrown, 'folder').message}`
    }
  }

  return {
    async pairFolders(listed) {
      const { pairFolders } = await import('@mailtide/folder-rules')
      const separators = { local: local.separator ?? '/', remote: remote.separator ?? '/' }
      const { names, sort } = await source.rules(separators, only)
      const pairing = await pairFolders({ ...listed, rules: names, ...(sort && { sort }) })
      for (const similar of pairing.warnings) warn(similar)
      const there: RuledPair[] = []
      const absent: { side: 'remote'; path: FolderPath; reason: string }[] = []
      for (const pair of pairing.pairs) {
        const reason = await isThere(pair)
        if (reason === undefined) there.push(pair)
        else absent.push({ side: 'remote', path: pair.folders.remote, reason })
      }
      visibleNames.clear()
      for (const { folders, visibleNames: names } of there) visibleNames.set(folders.local, names.local)
      named = there.map(({ folders, visibleNames: visible }) => ({
        folders,
        names: { local: nameOf(folders.local, separators.local), remote: nameOf(folders.remote, separators.remote) },
        visibleRemoteName: visible.remote,
        separators,
      }))
      const known = new Set([...listed.remote, ...there.map(({ folders }) => folders.remote)])
      missing = (only ?? []).filter((name) => !known.has(pathOf(name, separators.remote)))
      return { pairs: there, leftOut: [...pairing.leftOut.filter(({ filtered }) => !filtered), ...absent] }
    },
    visibleName: (path) => visibleNames.get(path),
    get named() {
      return named
    },
    missing: () => missing,
  }
}

function nameOf(path: FolderPath, separator: string): string {
  return segmentsOf(path).join(separator)
}

function pathOf(name: string, separator: string): FolderPath {
  return folderPath(separator === '' ? [name] : name.split(separator))
}
