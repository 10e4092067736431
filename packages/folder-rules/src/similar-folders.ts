import type { FolderPath, Side } from '@mailtide/contracts'

/** Folders of one side that some file systems and servers take for one and the same. */
export interface SimilarFolders {
  readonly side: Side
  readonly paths: readonly FolderPath[]
  readonly differOnlyIn: 'case' | 'unicode-form'
}

/**
 * Folders whose names are equal but for upper and lower case, or for composed and decomposed characters (NFC, NFD),
 * where at least one of them is synced.
 */
export function similarFolders(
  side: Side,
  paths: Iterable<FolderPath>,
  isSynced: (path: FolderPath) => boolean,
): SimilarFolders[] {
  const groups = Map.groupBy(new Set(paths), (path) => path.normalize('NFC').toLowerCase().normalize('NFC'))
  return [...groups.values()]
    .filter((group) => group.length > 1 && group.some(isSynced))
    .map((group) => {
      const forms = new Set(group.map((path) => path.normalize('NFC')))
      return { side, paths: group.sort(), differOnlyIn: forms.size === 1 ? 'unicode-form' : 'case' }
    })
}
