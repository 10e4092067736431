import {
  type Changes,
  type Cursor,
  type Folder,
  type FolderPath,
  type MessageId,
  type MessageSummary,
  noFlags,
} from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { flagSets } from '../mail.ts'
import type { BackendSuite, BackendUnderTest } from './backend-under-test.ts'
import { append, backendTest, followed, knownOf, list, mailAbout, mailOf, signal, work } from './room.ts'

const seen = new Set(['\\Seen'])

/** What changed: full lists, deltas, epochs. */
export function describeChanges(suite: BackendSuite): void {
  describe('changes', () => {
    backendTest(suite, 'lists everything without a cursor', async (room) => {
      const folder = await room.open()
      expect(await folder.changes(undefined, knownOf([]), signal)).toMatchObject({ kind: 'full' })
      expect((await list(folder)).size).toBe(0)
      const [a, b] = await append(folder, mailAbout('a', seen), mailAbout('b'))
      await room.backend.add(work, mailAbout('c', seen))
      const listed = await list(folder)
      expect(listed.size).toBe(3)
      expect([listed.get(a as MessageId)?.flags, listed.get(b as MessageId)?.flags]).toEqual([seen, noFlags])
      expect([...listed.values()].filter(({ flags }) => flags.has('\\Seen'))).toHaveLength(2)
    })

    backendTest(suite, 'can be walked more than once', async (room) => {
      const folder = await room.open()
      const [a] = await append(folder, mailAbout('a'), mailAbout('b'))
      const full = await folder.changes(undefined, knownOf([]), signal)
      const before = followed(new Map(), full)
      expect(followed(new Map(), full)).toEqual(before)
      await folder.remove([a as MessageId], signal)
      await append(folder, mailAbout('c'))
      const changes = await folder.changes(full.cursor, knownOf(before.keys()), signal)
      expect(followed(before, changes)).toEqual(followed(before, changes))
    })

    backendTest(suite, 'tells nothing new where nothing changed', async (room) => {
      const folder = await room.open()
      await append(folder, mailAbout('a'), mailAbout('b', seen))
      const { cursor, now } = await follow(folder, undefined, new Map())
      expect((await follow(folder, cursor, now)).now).toEqual(now)
    })

    for (const [why, spoil] of Object.entries<(cursor: Cursor) => Cursor>({
      'is empty': ({ epoch }) => ({ epoch, position: '' }),
      'is not understood': ({ epoch }) => ({ epoch, position: 'neither here nor there' }),
      'is of another epoch': ({ epoch, position }) => ({ epoch: `${epoch}1`, position }),
    })) {
      backendTest(suite, `lists everything where the position ${why}`, async (room) => {
        const folder = await room.open()
        await append(folder, mailAbout('a'))
        const { cursor, now } = await follow(folder, undefined, new Map())
        const again = await folder.changes(spoil(cursor), knownOf(now.keys()), signal)
        expect([again.kind, followed(new Map(), again)]).toEqual(['full', now])
      })
    }

    backendTest(
      suite,
      'lists everything, and calls nothing vanished, when the ids lost their meaning',
      async (room) => {
        const before = await room.open()
        await append(before, mailAbout('a', seen), mailAbout('b'))
        const { cursor, now } = await follow(before, undefined, new Map())
        await before.close()
        await room.backend.renewEpoch?.(work)
        const surveyed = await room.repository.survey(new Map([[work, cursor]]), signal)
        expect(surveyed.find(({ path }) => path === work)?.mayHaveChanged).toBe(true)
        const folder = await room.open()
        const changes = await folder.changes(cursor, knownOf(now.keys()), signal)
        expect(changes.kind).toBe('full')
        expect(changes.cursor.epoch).not.toBe(cursor.epoch)
        expect(followed(new Map(), changes).size).toBe(2)
      },
      'epochs',
    )

    backendTest(suite, 'follows whatever is done to the folder, by us and by others', async (room) => {
      let serial = 0
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { maxLength: 12, minLength: 1, size: 'max' }), async (edits) => {
          const path = `law-${++serial}` as FolderPath
          await room.repository.createFolder(path, signal)
          const folder = await room.repository.open(path, 'select', signal)
          let { cursor, now } = await follow(folder, undefined, new Map())
          for (const each of edits) {
            if (each.kind === 'look') ({ cursor, now } = await follow(folder, cursor, now))
            else await carryOut(each, { folder, path, backend: room.backend })
          }
          ;({ now } = await follow(folder, cursor, now))
          expect(now).toEqual(await list(folder))
          await folder.close()
        }),
        { numRuns: suite.runs ?? 25 },
      )
    })
  })
}

const edit = fc.oneof(
  fc.record({ kind: fc.constant('look' as const) }),
  fc.record({ kind: fc.constant('add' as const), foreign: fc.boolean(), flags: flagSets }),
  fc.record({ kind: fc.constant('flags' as const), foreign: fc.boolean(), which: fc.nat(5), flags: flagSets }),
  fc.record({ kind: fc.constant('remove' as const), foreign: fc.boolean(), which: fc.nat(5) }),
)

type Edit = Exclude<typeof edit extends fc.Arbitrary<infer E> ? E : never, { kind: 'look' }>

interface Place {
  readonly folder: Folder
  readonly path: FolderPath
  readonly backend: BackendUnderTest
}

async function carryOut(each: Edit, { folder, path, backend }: Place): Promise<void> {
  if (each.kind === 'add') {
    const mail = mailOf(`Subject: ${[...each.flags].join()}\r\n\r\n`, each.flags)
    await (each.foreign ? backend.add(path, mail) : append(folder, mail))
    return
  }
  const messages = [...(await list(folder)).values()]
  const message = messages[each.which % Math.max(1, messages.length)]
  if (!message) return
  const { id, flags } = message
  if (each.kind === 'remove') return each.foreign ? backend.remove(path, id) : folder.remove([id], signal)
  if (each.foreign) return backend.setFlags(path, id, each.flags)
  await folder.changeFlags([{ ids: [id], add: each.flags, drop: flags.difference(each.flags) }], signal)
}

interface Followed {
  readonly cursor: Cursor
  readonly now: Map<MessageId, MessageSummary>
}

async function follow(
  folder: Folder,
  since: Cursor | undefined,
  known: ReadonlyMap<MessageId, MessageSummary>,
): Promise<Followed> {
  const changes: Changes = await folder.changes(since, knownOf(known.keys()), signal)
  return { cursor: changes.cursor, now: followed(known, changes) }
}
