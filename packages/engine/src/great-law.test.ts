import { createMemoryRepository, type MemoryOptions, type MemoryRepository } from '@mailtide/backend-memory'
import type { FolderPath, LabelSet, MessageId, Repository, Side } from '@mailtide/contracts'
import { describeStep, type InheritedMessage } from '@mailtide/planner'
import {
  createKnife,
  createMemoryStatus,
  expectGreatLaw,
  histories,
  type LawSide,
  type LawWorld,
} from '@mailtide/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { sync } from './sync.ts'
import type { SyncRequest } from './sync-request.ts'

function sideOf(repository: MemoryRepository): LawSide {
  return {
    ...(repository.capabilities.labels && {
      setLabels: async (folder: string, id: string, labels: LabelSet) =>
        repository.mailbox(folder).setLabels(id as MessageId, labels),
    }),
    folders: async () => repository.paths(),
    createFolder: async (path) => repository.mailbox(path).create(),
    list: async (folder) => repository.mailbox(folder).list(),
    add: async (folder, mail) => {
      repository.mailbox(folder).add(mail)
    },
    setFlags: async (folder, id, flags) => repository.mailbox(folder).setFlags(id as MessageId, flags),
    remove: async (folder, id) => repository.mailbox(folder).remove(id as MessageId),
  }
}

/** A repository in which some messages are never to be copied anywhere. */
function unreadable(repository: Repository, isForbidden: (path: string, id: MessageId) => boolean): Repository {
  return {
    ...repository,
    async open(path, access, signal) {
      const folder = await repository.open(path, access, signal)
      const check = (ids: readonly MessageId[]) => {
        if (ids.some((id) => isForbidden(path, id))) throw new Error('a message that was taken over is read')
        return ids
      }
      return {
        ...folder,
        read: (ids, given) => folder.read(check(ids), given),
      }
    },
  }
}

function createWorld(local: MemoryOptions, remote: MemoryOptions): LawWorld {
  const knife = createKnife()
  const hooks = { beforeEffect: knife.cut, afterEffect: knife.cut }
  const repositories = {
    local: createMemoryRepository(undefined, { ...local, ...hooks }),
    remote: createMemoryRepository(undefined, { ...remote, ...hooks }),
  }
  const store = createMemoryStatus()
  const signal = new AbortController().signal
  let window: SyncRequest['window']
  const inherited = new Map<string, { remoteEpoch: string; messages: InheritedMessage[] }>()
  const folderOf = (side: Side, path: string) => repositories[side].open(path as FolderPath, 'select', signal)
  const status = knife.status(store)
  const run = (dryRun: boolean, planned: string[] = []) =>
    sync({
      account: 'law',
      local: unreadable(repositories.local, (path, id) => isInherited('local', path, id)),
      remote: unreadable(repositories.remote, (path, id) => isInherited('remote', path, id)),
      status,
      dryRun,
      ...(window && { window }),
      labels: { ignored: new Set(), keptAs: 'X-Keywords' },
      inherit: async ({ remote: path }) => inherited.get(path),
      deletionLimits: 'none',
      emit(event) {
        if (event.type === 'step-planned') planned.push(describeStep(event.step))
      },
    })
  const isInherited = (side: Side, path: string, id: MessageId) =>
    inherited.get(path)?.messages.some((message) => (side === 'local' ? message.local : message.remote) === id) ?? false
  return {
    setWindow(next) {
      window = next
    },
    async inherit(path, mail) {
      const remote = repositories.remote.mailbox(path).add(mail)
      const added = repositories.local.mailbox(path).add(mail)
      const [here, there] = [await folderOf('local', path), await folderOf('remote', path)]
      const renamed = await here.notePeers?.([{ id: added, peer: remote }], signal)
      const none = { count: 0, has: () => false, ids: () => [] }
      const { cursor } = await there.changes(undefined, none, signal)
      await Promise.all([here.close(), there.close()])
      const known = inherited.get(path) ?? { remoteEpoch: cursor.epoch, messages: [] }
      known.messages.push({ remote, ...(!renamed && { local: added }), flags: mail.flags })
      inherited.set(path, known)
    },
    sides: { local: sideOf(repositories.local), remote: sideOf(repositories.remote) },
    async sync(cutAfter) {
      knife.arm(cutAfter)
      const report = await run(false).catch((error: unknown) => error)
      knife.arm(undefined)
      if (cutAfter === undefined && (report instanceof Error || (report as { failures: number }).failures > 0)) {
        throw new Error('a whole run failed', { cause: report })
      }
      await repositories.local.close()
      await repositories.remote.close()
    },
    async planned() {
      const steps: string[] = []
      await run(true, steps)
      return steps
    },
    async close() {
      store.close()
    },
  }
}

describe('the great law', () => {
  const kinds: { why: string; local: MemoryOptions; remote: MemoryOptions }[] = [
    {
      why: 'a Maildir and an IMAP server with deltas',
      local: { changes: 'full', notesPeers: true, carriesMark: true },
      remote: {},
    },
    { why: 'two stores that list everything', local: { changes: 'full' }, remote: { changes: 'full' } },
    {
      why: 'a Maildir and an IMAP server with labels',
      local: { changes: 'full', notesPeers: true, labels: true },
      remote: { labels: 'apart' },
    },
    { why: 'two stores with deltas, one connection each', local: { connections: 1 }, remote: { connections: 1 } },
  ]
  it.each(kinds)('holds for $why', async ({ local, remote }) => {
    await fc.assert(
      fc.asyncProperty(histories(24), async (history) => {
        const world = createWorld(local, remote)
        await expectGreatLaw(world, history)
        await world.close()
      }),
      { numRuns: 600 },
    )
  })
})
