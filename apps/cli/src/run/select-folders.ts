import { type FolderPath, type Repository, segmentsOf } from '@mailtide/contracts'
import type { FolderPairing, ListedFolders } from '@mailtide/engine'

/** The folders that `-f` names, and which of the names were found. */
export interface FolderSelection {
  pairFolders(listed: ListedFolders): Promise<FolderPairing>
  missing(): readonly string[]
}

/** Selects folders by their exact names on the server, with the server's own separator. */
export function selectFolders(names: readonly string[], remote: Pick<Repository, 'separator'>): FolderSelection {
  const found = new Set<string>()
  return {
    async pairFolders({ local, remote: listed }) {
      const nameOf = (path: FolderPath) => segmentsOf(path).join(remote.separator || '/')
      const wanted = [...new Set([...listed, ...local])].filter((path) => names.includes(nameOf(path)))
      for (const path of wanted) found.add(nameOf(path))
      const pairs = wanted.map((path) => {
        const folders = { local: path, remote: path }
        if (!local.includes(path)) return { folders, missingOn: 'local' as const }
        return listed.includes(path) ? { folders } : { folders, missingOn: 'remote' as const }
      })
      return { pairs, leftOut: [] }
    },
    missing: () => names.filter((name) => !found.has(name)),
  }
}
