import type { Folder, Repository } from '@mailtide/contracts'

/** A repository whose messages are read without some of their headers: those that copies don't have (`filterheaders`). */
export function readWithout(repository: Repository, names: readonly string[]): Repository {
  if (names.length === 0) return repository
  return {
    ...repository,
    get capabilities() {
      return repository.capabilities
    },
    get separator() {
      return repository.separator
    },
    open: async (...asked) => reading(await repository.open(...asked), names),
  }
}

function reading(folder: Folder, names: readonly string[]): Folder {
  return {
    ...folder,
    async *read(ids, signal) {
      const { withChangedHeader, withoutHeaders } = await import('@mailtide/message-bytes')
      for await (const message of folder.read(ids, signal)) {
        if ('error' in message) yield message
        else yield { ...message, body: await withChangedHeader(message.body, (head) => withoutHeaders(head, names)) }
      }
    },
  }
}
