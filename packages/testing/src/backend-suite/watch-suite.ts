import { type Cursor, type FolderPath, type MessageId, noFlags, type Repository } from '@mailtide/contracts'
import { describe, expect, onTestFinished } from 'vitest'
import type { BackendFeature, BackendSuite } from './backend-under-test.ts'
import { append, backendTest, knownOf, mailAbout, type Room, work } from './room.ts'

const lists = 'Lists' as FolderPath

/** Watching: each sentence of {@link Repository.watch}, for backends that have it. */
export function describeWatching(suite: BackendSuite): void {
  const watchTest = (name: string, test: (room: Room) => Promise<unknown>, ...needs: readonly BackendFeature[]) =>
    backendTest(
      suite,
      name,
      async (room, context) => {
        if (!room.repository.watch) return context.skip('this store cannot be watched')
        await test(room)
      },
      ...needs,
    )

  describe('watch', () => {
    const edits: Record<string, readonly [Edit, ...BackendFeature[]]> = {
      'new mail': [({ backend }) => backend.add(work, mailAbout('b'))],
      'a removal': [({ backend }, id) => backend.remove(work, id)],
      'other flags': [({ backend }, id) => backend.setFlags(work, id, new Set(['\\Flagged'])), 'watching-flags'],
      'fewer flags': [({ backend }, id) => backend.setFlags(work, id, noFlags), 'watching-flags'],
    }
    for (const [what, [edit, ...needs]] of Object.entries(edits)) {
      watchTest(
        `tells of ${what}, made while nobody watched`,
        async (room) => {
          const [id] = await room.visit((folder) => append(folder, mailAbout('a', new Set(['\\Seen']))))
          await room.backend.settle?.()
          const known = await cursorsOf(room, work)
          await edit(room, id as MessageId)
          await watching(room, known).until(work)
        },
        ...needs,
      )

      watchTest(
        `tells of ${what}, made while it watches`,
        async (room) => {
          const [id] = await room.visit((folder) => append(folder, mailAbout('a', new Set(['\\Seen']))))
          await room.backend.settle?.()
          const watch = watching(room, await cursorsOf(room, work, lists))
          await begun(room, watch)
          await edit(room, id as MessageId)
          await watch.until(work)
        },
        ...needs,
      )
    }

    watchTest('tells at once of a folder that was never read', async (room) => {
      await room.open()
      const known = new Map([[work, { epoch: '', position: '' }]])
      await watching(room, known).until(work)
    })

    watchTest('tells of each of several folders', async (room) => {
      const watch = watching(room, await cursorsOf(room, work, lists))
      for (const path of [work, lists, work, lists]) {
        await room.backend.add(path, mailAbout('more'))
        await watch.until(path)
      }
    })

    watchTest('works on beside it', async (room) => {
      const watch = watching(room, await cursorsOf(room, work, lists))
      await begun(room, watch)
      const ids = await room.visit((folder) => append(folder, mailAbout('a'), mailAbout('b')))
      expect(ids).toHaveLength(2)
    })

    watchTest('ends with the signal, and can be begun anew', async (room) => {
      const known = await cursorsOf(room, work, lists)
      for (let turn = 0; turn < 2; turn++) {
        const watch = watching(room, known)
        await begun(room, watch)
        watch.end(new Error('enough'))
        await expect(watch.until('Nowhere' as FolderPath)).rejects.toThrow('enough')
      }
      await room.visit((folder) => append(folder, mailAbout('a')))
    })
  })
}

type Edit = (room: Room, id: MessageId) => Promise<void>

interface Watching {
  /** Takes what is told, until it is this folder. */
  until(path: FolderPath): Promise<void>
  end(reason: Error): void
}

function watching({ repository }: Room, known: ReadonlyMap<FolderPath, Cursor>): Watching {
  const ending = new AbortController()
  const folders = (repository.watch as NonNullable<Repository['watch']>)(known, ending.signal)[Symbol.asyncIterator]()
  onTestFinished(async () => {
    ending.abort(new Error('the test is over'))
    await Promise.allSettled([folders.next()])
  })
  return {
    async until(path) {
      for (;;) {
        const { value, done } = await folders.next()
        expect(done).not.toBe(true)
        if (value === path) return
      }
    },
    end: (reason) => ending.abort(reason),
  }
}

/** Lets a watch see a change in another folder, so that it surely has begun. */
async function begun({ backend }: Room, watch: Watching): Promise<void> {
  await backend.add(lists, mailAbout('to begin with'))
  await watch.until(lists)
}

/** The cursors that stand now, in this order; folders that are missing are made. */
async function cursorsOf(room: Room, ...paths: readonly FolderPath[]): Promise<ReadonlyMap<FolderPath, Cursor>> {
  const known = new Map<FolderPath, Cursor>()
  const { signal } = new AbortController()
  for (const path of paths) {
    const { cursor } = await room.visit((folder) => folder.changes(undefined, knownOf([]), signal), path)
    known.set(path, cursor)
  }
  return known
}
