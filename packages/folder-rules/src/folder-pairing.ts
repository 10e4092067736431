import type { BothSides, FolderPair, FolderPath, Side } from '@mailtide/contracts'
import type { NamedFolder } from './name-folders.ts'
import type { SimilarFolders } from './similar-folders.ts'

/** Two folders that belong together. */
export interface RuledPair {
  readonly folders: FolderPair
  /** Each side's name after its own `nametrans`, with its own separators. The local one is what `FMD5=` hashes. */
  readonly visibleNames: BothSides<string>
  /** The side on which the folder does not exist yet. */
  readonly missingOn?: Side
  /** The remote one is here only because `folderincludes` says so: look whether it can be opened. */
  readonly unlisted?: true
}

/** A folder that is not synced, and why, in words. */
export interface LeftOutFolder {
  readonly side: Side
  readonly path: FolderPath
  readonly reason: string
  /** A folderfilter says so, and nobody needs to be told. */
  readonly filtered: boolean
}

/** What became of every folder: each is in exactly one of `pairs` and `leftOut`. */
export interface FolderPairing {
  /** In the order in which they are to be synced. */
  readonly pairs: readonly RuledPair[]
  readonly leftOut: readonly LeftOutFolder[]
  readonly warnings: readonly SimilarFolders[]
  /** The folders there are, under both their names: what `--info` lists. */
  readonly folders: BothSides<readonly NamedFolder[]>
}

/** Makes a pair of two folders that name each other. */
export function pairOf(remote: NamedFolder, local: NamedFolder): RuledPair {
  return {
    folders: { remote: remote.path, local: local.path },
    visibleNames: { remote: remote.visibleName, local: local.visibleName },
  }
}
