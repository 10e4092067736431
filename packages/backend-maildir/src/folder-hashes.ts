import { createHash } from 'node:crypto'
import type { FolderPath } from '@mailtide/contracts'

/** What `FMD5=` says in one folder. */
export interface FolderHashes {
  /** The MD5 of its local name after nametrans: what is written. */
  readonly hash: string
  /**
   * The MD5 of its name before nametrans, as OfflineIMAP wrote it before 6.3.5. Undefined where it is the same, or where
   * another folder has that name after nametrans: a message that was moved from there may carry it.
   */
  readonly formerHash?: string
}

/** A folder's name before and after nametrans. */
export interface FolderNaming {
  plainName(path: FolderPath): string
  localName(path: FolderPath): string
}

/** The hashes of a folder among these folders. */
export type HashesOf = (path: FolderPath) => FolderHashes

/** Hashes for the folders of a tree. A former hash is only told of a folder among those that are known. */
export function createFolderHashes({ plainName, localName }: FolderNaming, known: Iterable<FolderPath>): HashesOf {
  const paths = new Set(known)
  let localNames: ReadonlySet<string> | undefined
  return (path) => {
    const [plain, local] = [plainName(path), localName(path)]
    const hash = md5(local)
    if (plain === local || !paths.has(path)) return { hash }
    localNames ??= new Set([...paths].map(localName))
    return localNames.has(plain) ? { hash } : { hash, formerHash: md5(plain) }
  }
}

function md5(name: string): string {
  return createHash('md5').update(name).digest('hex')
}
