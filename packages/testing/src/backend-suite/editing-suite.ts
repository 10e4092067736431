import { type Folder, type FolderPath, type MessageId, messageId, noFlags } from '@mailtide/contracts'
import { describe, expect } from 'vitest'
import type { BackendSuite } from './backend-under-test.ts'
import { append, backendTest, flagsIn, followed, knownOf, list, mailOf, read, signal, textOf, work } from './room.ts'

const gone = messageId('2000000000')
const seen = new Set(['\\Seen'])

/** Changes to what is there: flags, removals, ids of the other side. */
export function describeEditing(suite: BackendSuite): void {
  describe('changeFlags', () => {
    backendTest(suite, 'adds and drops, each change to its own messages', async (room) => {
      const folder = await room.open()
      const [a, b, c] = await three(folder, '\\Flagged')
      const answered = new Set(['\\Answered'])
      await folder.changeFlags(
        [
          { ids: [a, b], add: seen, drop: noFlags },
          { ids: [b], add: answered, drop: new Set(['\\Flagged']) },
        ],
        signal,
      )
      const flags = await flagsIn(folder)
      expect(flags.get(a)).toEqual(new Set(['\\Seen', '\\Flagged']))
      expect(flags.get(b)).toEqual(new Set(['\\Seen', '\\Answered']))
      expect(flags.get(c)).toEqual(new Set(['\\Flagged']))
    })

    backendTest(suite, 'leaves flags alone that others set meanwhile', async (room) => {
      const folder = await room.open()
      const [a] = await three(folder)
      await room.backend.setFlags(work, a, new Set(['\\Flagged']))
      await folder.changeFlags([{ ids: [a], add: seen, drop: new Set(['\\Draft']) }], signal)
      expect((await flagsIn(folder)).get(a)).toEqual(new Set(['\\Seen', '\\Flagged']))
    })

    backendTest(suite, 'passes over messages that are gone and flags that cannot be stored', async (room) => {
      const folder = await room.open()
      const [a, b] = await three(folder)
      await room.backend.remove(work, b)
      const flags = new Set(['\\Seen', '$Work', 'x-mailtide-test'])
      await folder.changeFlags([{ ids: [gone, b, a], add: flags, drop: noFlags }], signal)
      await folder.changeFlags([{ ids: [b], add: seen, drop: noFlags }], signal)
      await folder.changeFlags([{ ids: [], add: seen, drop: noFlags }], signal)
      await folder.changeFlags([], signal)
      const kept = [...flags].filter((flag) => room.repository.capabilities.canStore(flag))
      expect((await flagsIn(folder)).get(a)).toEqual(new Set(kept))
    })

    backendTest(
      suite,
      'passes over ids greater than any that there are',
      async (room) => {
        const folder = await room.open()
        const [a, b, c] = await three(folder)
        const great = messageId('4000000000')
        await folder.changeFlags([{ ids: [a, great], add: seen, drop: noFlags }], signal)
        await folder.remove([b, great], signal)
        expect(await flagsIn(folder)).toEqual(
          new Map([
            [a, seen],
            [c, noFlags],
          ]),
        )
      },
      'great-ids',
    )
  })

  describe('remove', () => {
    backendTest(suite, 'removes these messages and no others, whatever mark others bear', async (room) => {
      const folder = await room.open()
      const [a, b, c] = await three(folder)
      const mark = room.repository.capabilities.canStore('\\Deleted') ? new Set(['\\Deleted']) : noFlags
      await room.backend.setFlags(work, b, mark)
      await folder.remove([a], signal)
      expect(await flagsIn(folder)).toEqual(
        new Map([
          [b, mark],
          [c, noFlags],
        ]),
      )
    })

    backendTest(suite, 'takes a message that is gone already for removed', async (room) => {
      const folder = await room.open()
      const [a, b, c] = await three(folder)
      await room.backend.remove(work, b)
      await folder.remove([b, gone, a], signal)
      await folder.remove([a], signal)
      await folder.remove([], signal)
      expect([...(await list(folder)).keys()]).toEqual([c])
    })
  })

  describe('notePeers', () => {
    backendTest(suite, 'tells which ids changed by it, and remembers', async (room, context) => {
      const folder = await room.open()
      if (!folder.notePeers) return context.skip('this backend has no place for the ids of others')
      const [a, b, c] = await three(folder)
      const before = await folder.changes(undefined, knownOf([]), signal)
      const known = followed(new Map(), before)
      const peers = [
        { id: a, peer: messageId('17') },
        { id: b, peer: messageId('4294967295') },
      ]
      const renamed = await folder.notePeers(peers, signal)
      expect([...renamed.keys()].every((id) => id === a || id === b)).toBe(true)
      const now = followed(known, await folder.changes(before.cursor, knownOf(known.keys()), signal))
      expect(new Set(now.keys())).toEqual(new Set([renamed.get(a) ?? a, renamed.get(b) ?? b, c]))
      for (const { id, peer } of peers) expect(now.get(renamed.get(id) ?? id)?.peer).toBe(peer)
      const first = renamed.get(a) ?? a
      expect(textOf((await read(folder, [first])).get(first))).toContain('number 0')
      const again = peers.map(({ id, peer }) => ({ id: renamed.get(id) ?? id, peer }))
      expect([...(await folder.notePeers(again, signal))].filter(([from, to]) => from !== to)).toEqual([])
      expect(await folder.notePeers([], signal)).toEqual(new Map())
    })
  })

  describe('open and close', () => {
    backendTest(suite, 'refuses a folder that is not there', async ({ repository }) => {
      const missing = repository.open('No/such/folder' as FolderPath, 'select', signal)
      await expect(missing).rejects.toMatchObject({ name: 'MailtideError' })
    })

    backendTest(suite, 'waits for a free connection', async (room, context) => {
      const { connections } = room.repository.capabilities
      expect(connections).toBeGreaterThanOrEqual(1)
      if (connections > 16) return context.skip('more connections than a test should open')
      const folders: Folder[] = []
      for (let open = 0; open < connections; open++) folders.push(await room.open(`f${open}` as FolderPath))
      await folders[0]?.changes(undefined, knownOf([]), signal)
      const happened: string[] = []
      const path = 'f0' as FolderPath
      const waiting = room.repository.open(path, 'examine', signal).then((folder) => {
        happened.push('opened')
        return folder
      })
      const givingUp = new AbortController()
      const impatient = room.repository.open(path, 'examine', givingUp.signal)
      givingUp.abort(new Error('no patience'))
      await expect(impatient).rejects.toThrow()
      happened.push('closed')
      await folders[0]?.close()
      await (await waiting).close()
      expect(happened).toEqual(['closed', 'opened'])
    })

    backendTest(suite, 'gives up at once when it is told to', async (room) => {
      const folder = await room.open()
      const stopped = AbortSignal.abort(new Error('stop'))
      await expect(room.repository.survey(new Map(), stopped)).rejects.toThrow()
      await expect(room.repository.open(work, 'select', stopped)).rejects.toThrow()
      await expect(folder.changes(undefined, knownOf([]), stopped)).rejects.toThrow()
    })

    backendTest(suite, 'makes open folders unusable when the repository is closed', async (room) => {
      const folder = await room.open()
      const [a] = await three(folder)
      await room.repository.close()
      await expect(folder.changes(undefined, knownOf([]), signal)).rejects.toThrow()
      await expect(folder.remove([a], signal)).rejects.toThrow()
    })
  })
}

async function three(folder: Folder, ...flags: string[]): Promise<[MessageId, MessageId, MessageId]> {
  const mails = [0, 1, 2].map((index) => mailOf(`Subject: number ${index}\r\n\r\n`, new Set(flags)))
  return (await append(folder, ...mails)) as [MessageId, MessageId, MessageId]
}
