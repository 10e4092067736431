import type { Folder, IncomingMessage, Repository } from '@mailtide/contracts'

/** A repository that takes messages without some of their headers (`filterheaders`, compared without regard to case). */
export function withoutHeadersOf(repository: Repository, names: readonly string[]): Repository {
  if (names.length === 0) return repository
  return {
    ...repository,
    get separator() {
      return repository.separator
    },
    open: async (...asked) => filtering(await repository.open(...asked), names),
  }
}

function filtering(folder: Folder, names: readonly string[]): Folder {
  return {
    ...folder,
    prepare: async (messages, signal) => folder.prepare(await Promise.all(messages.map(filtered)), signal),
    append: async (batch, signal) => folder.append(await Promise.all(batch.map(filtered)), signal),
  }

  async function filtered<Message extends IncomingMessage>(message: Message): Promise<Message> {
    const { withChangedHeader, withoutHeaders } = await import('@mailtide/message-bytes')
    const body = await withChangedHeader(message.body, (header) => withoutHeaders(header, names))
    return { ...message, body }
  }
}
