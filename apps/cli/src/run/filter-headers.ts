import type { Folder, IncomingMessage, Repository } from '@mailtide/contracts'

/**
 * A repository that takes messages without some of their headers (`filterheaders`, compared without regard to case), and
 * without that of their labels where these go along by themselves: the server's copy holds what a download would bring.
 */
export function withoutHeadersOf(repository: Repository, names: readonly string[], labelsHeader?: string): Repository {
  if (names.length === 0 && labelsHeader === undefined) return repository
  return {
    ...repository,
    get separator() {
      return repository.separator
    },
    open: async (...asked) => filtering(await repository.open(...asked), names, labelsHeader),
  }
}

function filtering(folder: Folder, names: readonly string[], labelsHeader: string | undefined): Folder {
  return {
    ...folder,
    prepare: async (messages, signal) => folder.prepare(await Promise.all(messages.map(filtered)), signal),
    append: async (batch, signal) => folder.append(await Promise.all(batch.map(filtered)), signal),
  }

  async function filtered<Message extends IncomingMessage>(message: Message): Promise<Message> {
    const { withChangedHeader, withoutHeaders } = await import('@mailtide/message-bytes')
    const hasLabels = labelsHeader !== undefined && 'labels' in message && message.labels !== undefined
    const unwanted = hasLabels ? [...names, labelsHeader] : names
    const body = await withChangedHeader(message.body, (header) => withoutHeaders(header, unwanted))
    return { ...message, body }
  }
}
