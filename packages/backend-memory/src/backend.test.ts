import { type BackendUnderTest, describeBackend } from '@mailtide/testing'
import { createMemoryRepository, type MemoryOptions } from './index.ts'

async function create(options: MemoryOptions = {}): Promise<BackendUnderTest> {
  const repository = createMemoryRepository({}, options)
  return {
    repository,
    add: async (folder, mail) => void repository.mailbox(folder).add(mail),
    setFlags: async (folder, id, flags) => repository.mailbox(folder).setFlags(id, flags),
    setLabels: async (folder, id, labels) => repository.mailbox(folder).setLabels(id, labels),
    remove: async (folder, id) => repository.mailbox(folder).remove(id),
    renewEpoch: async (folder) => repository.mailbox(folder).renewEpoch(),
    removeRoot: async () => repository.unmount(),
    close: () => repository.close(),
  }
}

describeBackend('backend-memory', { create: () => create({ labels: true }), labels: true })

describeBackend('backend-memory, like a Maildir,', {
  create: () =>
    create({
      changes: 'full',
      notesPeers: true,
      carriesMark: true,
      connections: 1,
      canStore: (flag) => flag.startsWith('\\'),
    }),
})
