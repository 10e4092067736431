import { type FlagSet, type Folder, type FolderPath, messageId, noFlags, type Repository } from '@mailtide/contracts'
import { bodyOf, bytesOf } from '@mailtide/message-bytes'
import type { LawMessage, LawSide } from '@mailtide/testing'

const signal = new AbortController().signal
const settable = new Set(['\\Seen', '\\Flagged', '\\Answered', '\\Draft'])

interface ArrivingMail {
  readonly bytes: Uint8Array
  readonly flags: FlagSet
  readonly receivedAt?: Date
}

/** A repository as another mail client edits it. */
export function createRepositorySide(repository: Repository): LawSide {
  async function inFolder<T>(path: string, work: (folder: Folder) => Promise<T>): Promise<T> {
    const folder = await repository.open(path as FolderPath, 'select', signal)
    try {
      return await work(folder)
    } finally {
      await folder.close()
    }
  }
  return {
    folders: async () => (await repository.survey(new Map(), signal)).map(({ path }) => path),
    createFolder: (path) => repository.createFolder(path as FolderPath, signal),
    list: (path) => inFolder(path, listFolder),
    add: (path, { bytes, flags, receivedAt }: ArrivingMail) =>
      inFolder(path, async (folder) => {
        const message = { id: messageId('new'), flags, body: bodyOf(bytes), ...(receivedAt && { receivedAt }) }
        const [token = ''] = await folder.prepare([message], signal)
        const [outcome] = await folder.append([{ ...message, token }], signal)
        if (outcome && 'error' in outcome) throw outcome.error
      }),
    setFlags: (path, id, flags) =>
      inFolder(path, (folder) =>
        folder.changeFlags([{ ids: [messageId(id)], add: flags, drop: settable.difference(flags) }], signal),
      ),
    remove: (path, id) => inFolder(path, (folder) => folder.remove([messageId(id)], signal)),
  }
}

async function listFolder(folder: Folder): Promise<LawMessage[]> {
  const changes = await folder.changes(undefined, { count: 0, has: () => false, ids: () => [] }, signal)
  const summaries = [...(changes.kind === 'full' ? changes.messages : changes.changed)]
  const flags = new Map(summaries.map((summary) => [summary.id, summary.flags]))
  const messages: LawMessage[] = []
  for await (const message of folder.read([...flags.keys()], signal)) {
    if ('error' in message) throw message.error
    const { id, body } = message
    messages.push({ id, bytes: await bytesOf(body), flags: flags.get(id) ?? noFlags })
  }
  return messages
}
