import { createMemoryRepository, type MemoryOptions, type MemoryRepository } from '@mailtide/backend-memory'
import type { MessageId } from '@mailtide/contracts'
import { describeStep } from '@mailtide/planner'
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

function sideOf(repository: MemoryRepository): LawSide {
  return {
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

function createWorld(local: MemoryOptions, remote: MemoryOptions): LawWorld {
  const knife = createKnife()
  const hooks = { beforeEffect: knife.cut, afterEffect: knife.cut }
  const repositories = {
    local: createMemoryRepository(undefined, { ...local, ...hooks }),
    remote: createMemoryRepository(undefined, { ...remote, ...hooks }),
  }
  const store = createMemoryStatus()
  const status = knife.status(store)
  const run = (dryRun: boolean, planned: string[] = []) =>
    sync({
      account: 'law',
      ...repositories,
      status,
      dryRun,
      deletionLimits: 'none',
      emit(event) {
        if (event.type === 'step-planned') planned.push(describeStep(event.step))
      },
    })
  return {
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
