import { type FolderPath, folderPath, type Repository, segmentsOf } from '@mailtide/contracts'

/** The path, on the server, of what {@link belowInbox} calls so. */
export function pathBelowInbox(path: FolderPath): FolderPath {
  return path === 'INBOX' ? path : folderPath(['INBOX', ...segmentsOf(path)])
}

/**
 * An account on a server that wants all folders below the INBOX, shown without it, as the rule `strip-prefix: INBOX.`
 * would.
 */
export function belowInbox(repository: Repository): Repository {
  return {
    get capabilities() {
      return repository.capabilities
    },
    get separator() {
      return repository.separator
    },
    async survey(known, signal) {
      const there = new Map([...known].map(([path, cursor]) => [pathBelowInbox(path), cursor]))
      const found = await repository.survey(there, signal)
      return found.map((survey) => ({ ...survey, path: shown(survey.path) }))
    },
    createFolder: (path, signal) => repository.createFolder(pathBelowInbox(path), signal),
    open: (path, access, signal) => repository.open(pathBelowInbox(path), access, signal),
    close: () => repository.close(),
  }
}

function shown(path: FolderPath): FolderPath {
  const [, ...below] = segmentsOf(path)
  return below.length === 0 ? path : folderPath(below)
}
