import { type Folder, type LabelSet, type MessageId, messageId, noFlags, noLabels } from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { BackendSuite } from './backend-under-test.ts'
import {
  append,
  backendTest,
  followed,
  idsOf,
  knownOf,
  list,
  mailAbout,
  mailOf,
  prepared,
  type Room,
  read,
  signal,
  textOf,
  work,
} from './room.ts'

const gone = messageId('2000000000')
const names = ['Lists', 'Two words', 'Gr&APw-n', 'a@b.c', '[x]', 'NIL', '\\Important', 'with "quotes" and \\', 'a/b']
const anyLabels = fc.subarray(names).map((labels): LabelSet => new Set(labels))

/** Labels beside flags: told, changed, and never part of what a message is. */
export function describeLabels(suite: BackendSuite): void {
  describe('labels', () => {
    backendTest(suite, 'are told of every message by a first listing', async (room) => {
      const { folder, a, b } = await two(room)
      await room.backend.setLabels?.(work, a, new Set(names))
      const listed = await list(folder)
      expect([listed.get(a)?.labels, listed.get(b)?.labels]).toEqual([new Set(names), noLabels])
    })

    backendTest(suite, 'are known to exist once a survey was made', async ({ repository }) => {
      await repository.survey(new Map(), signal)
      expect(repository.capabilities.labels).toBe(true)
    })

    backendTest(suite, 'that others change are told after a cursor, however often', async (room) => {
      const { folder, a, b } = await two(room)
      let { cursor, now } = await follow(folder, undefined, new Map())
      for (const labels of [['Lists', 'Two words'], ['Two words'], [], ['Gr&APw-n']]) {
        await room.backend.setLabels?.(work, a, new Set(labels))
        ;({ cursor, now } = await follow(folder, cursor, now))
        expect([now.get(a)?.labels, now.get(b)?.labels]).toEqual([new Set(labels), noLabels])
      }
    })

    backendTest(suite, 'that others change make a folder look changed', async (room) => {
      const { folder, a } = await two(room)
      await folder.close()
      await room.backend.settle?.()
      const cursor = await room.visit(async (each) => (await each.changes(undefined, knownOf([]), signal)).cursor)
      await room.backend.setLabels?.(work, a, new Set(['Lists']))
      const [found] = (await room.repository.survey(new Map([[work, cursor]]), signal)).filter(
        ({ path }) => path === work,
      )
      expect(found?.mayHaveChanged).toBe(true)
    })

    backendTest(suite, 'are added and dropped, each change to its own messages', async (room) => {
      const { folder, a, b } = await two(room)
      await room.backend.setLabels?.(work, a, new Set(['Lists', 'a/b']))
      await folder.changeLabels?.(
        [
          { ids: [a, gone, b], add: new Set(['Two words', 'NIL']), drop: new Set(['Lists']) },
          { ids: [b], add: new Set(['Gr&APw-n']), drop: noLabels },
          { ids: [], add: new Set(['Nowhere']), drop: noLabels },
        ],
        signal,
      )
      const listed = await list(folder)
      expect([...listed.keys()]).toHaveLength(2)
      expect(listed.get(a)?.labels).toEqual(new Set(['a/b', 'Two words', 'NIL']))
      expect(listed.get(b)?.labels).toEqual(new Set(['Two words', 'NIL', 'Gr&APw-n']))
    })

    backendTest(suite, 'come out as they went in, and leave alone all else', async (room) => {
      const { folder, a, b } = await two(room)
      const before = await followedFlags(folder)
      let now: LabelSet = noLabels
      await fc.assert(
        fc.asyncProperty(anyLabels, async (wanted) => {
          const change = { ids: [a], add: wanted.difference(now), drop: now.difference(wanted) }
          await folder.changeLabels?.([change], signal)
          now = wanted
          const listed = await list(folder)
          expect([listed.get(a)?.labels, listed.get(b)?.labels]).toEqual([wanted, noLabels])
          expect(await followedFlags(folder)).toEqual(before)
        }),
        { numRuns: Math.min(8, suite.runs ?? 25) },
      )
    })

    backendTest(suite, 'that were changed here are no news with the messages', async (room) => {
      const { folder, a, b } = await two(room)
      const { cursor, now } = await follow(folder, undefined, new Map())
      await folder.changeLabels?.([{ ids: [a], add: new Set(['Lists']), drop: noLabels }], signal)
      const after = await follow(folder, cursor, now)
      expect([...after.now.keys()].sort()).toEqual([a, b].sort())
      expect(textOf((await read(folder, [a])).get(a))).toContain('number 0')
    })

    backendTest(suite, 'are stored with a message, or it is said that they were not', async (room) => {
      const folder = await room.open()
      const labels = new Set(['Lists', 'Two words'])
      const outgoing = (await prepared(folder, [mailAbout('a'), mailAbout('b')])).map((message, index) =>
        index === 0 ? { ...message, labels } : message,
      )
      const outcomes = await folder.append(outgoing, signal)
      const [a, b] = idsOf(outcomes) as [MessageId, MessageId]
      const [first, second] = outcomes.map((outcome) => ('id' in outcome ? outcome.labels : undefined))
      expect([first ?? noLabels, second ?? noLabels]).toEqual([first ? labels : noLabels, noLabels])
      const listed = await list(folder)
      expect([listed.get(a)?.labels, listed.get(b)?.labels]).toEqual([first ?? noLabels, noLabels])
    })

    backendTest(suite, 'are no part of what tells a message from others', async (room) => {
      const folder = await room.open()
      const text = `Subject: a\r\nX-Other: 1\r\n\r\nbody\r\n`
      const [a] = (await append(folder, mailOf(text))) as [MessageId]
      const ids = [a]
      const before = [await folder.identify(ids, signal), sizesOf(await folder.measure(ids, 'wire', signal))]
      await folder.changeLabels?.([{ ids, add: new Set(names), drop: noLabels }], signal)
      expect([await folder.identify(ids, signal), sizesOf(await folder.measure(ids, 'wire', signal))]).toEqual(before)
      expect(sizesOf(await folder.measure(ids, 'wire', signal)).get(a)).toBe(text.length)
    })
  })
}

async function two(room: Room) {
  const folder = await room.open()
  const mails = [0, 1].map((index) => mailOf(`Subject: number ${index}\r\n\r\nbody ${index}\r\n`))
  const [a, b] = (await append(folder, ...mails)) as [MessageId, MessageId]
  return { folder, a, b }
}

async function follow(
  folder: Folder,
  since: Parameters<Folder['changes']>[0],
  known: Awaited<ReturnType<typeof list>>,
) {
  const changes = await folder.changes(since, knownOf(known.keys()), signal)
  return { cursor: changes.cursor, now: followed(known, changes) }
}

async function followedFlags(folder: Folder): Promise<Map<MessageId, number>> {
  return new Map([...(await list(folder))].map(([id, { flags }]) => [id, flags.difference(noFlags).size]))
}

function sizesOf(measures: Awaited<ReturnType<Folder['measure']>>): Map<MessageId, number> {
  return new Map([...measures].map(([id, { size }]) => [id, size]))
}
