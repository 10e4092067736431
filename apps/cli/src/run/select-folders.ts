import { type FolderPath, segmentsOf } from '@mailtide/contracts'
import type { FolderRules } from '@mailtide/engine'

/** The folders that `-f` names, and which of the names were found. */
export interface FolderSelection {
  readonly rules: FolderRules
  missing(): readonly string[]
}

/** What stands between the levels of names on servers there are: OfflineIMAP takes names with the server's own. */
const separators = ['/', '.', '\\', '^']

/** Selects folders by their exact names on the server. */
export function selectFolders(names: readonly string[]): FolderSelection {
  const found = new Set<string>()
  function select(path: FolderPath): FolderPath | undefined {
    const segments = segmentsOf(path)
    const name = names.find((wanted) => separators.some((separator) => segments.join(separator) === wanted))
    if (name === undefined) return undefined
    found.add(name)
    return path
  }
  return { rules: { toLocal: select, toRemote: select }, missing: () => names.filter((name) => !found.has(name)) }
}
