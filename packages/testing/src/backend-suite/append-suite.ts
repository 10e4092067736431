import { type MessageId, messageId, type OutgoingMessage } from '@mailtide/contracts'
import { describe, expect } from 'vitest'
import type { BackendSuite } from './backend-under-test.ts'
import {
  append,
  backendTest,
  flagsIn,
  idsOf,
  knownOf,
  list,
  mailAbout,
  mailOf,
  prepared,
  read,
  signal,
  textOf,
  work,
} from './room.ts'

const mails = Array.from({ length: 70 }, (_, index) =>
  mailOf(`Subject: number ${index}\r\n\r\n${'body\r\n'.repeat(index % 7)}`),
)
const twins = [mailOf('Subject: twin\r\n\r\nhi\r\n'), mailOf('Subject: twin\r\n\r\nhi\r\n')]
const [one, two, three] = mails as [(typeof mails)[0], (typeof mails)[0], (typeof mails)[0]]

/** Messages on their way in, and finding them again after a crash. */
export function describeAppending(suite: BackendSuite): void {
  describe('prepare', () => {
    backendTest(suite, 'alters nothing, and gives each message a token of its own', async (room) => {
      const folder = await room.open()
      await append(folder, one)
      const before = await list(folder)
      const tokens = [...(await prepared(folder, [...twins, two])), ...(await prepared(folder, twins))]
      expect(new Set(tokens.map(({ token }) => token)).size).toBe(5)
      expect(await list(folder)).toEqual(before)
      expect(await folder.prepare([], signal)).toEqual([])
    })
  })

  describe('append', () => {
    backendTest(suite, 'answers in the order of the batch', async (room) => {
      const folder = await room.open()
      const ids = await append(folder, ...mails)
      expect(new Set(ids).size).toBe(mails.length)
      const found = await read(folder, ids)
      expect(ids.map((id) => textOf(found.get(id)))).toEqual(mails.map(textOf))
      expect(new Set((await list(folder)).keys())).toEqual(new Set(ids))
      expect(await folder.append([], signal)).toEqual([])
    })

    backendTest(suite, 'may be called again while it is under way', async (room) => {
      const folder = await room.open()
      const batches = [mails.slice(0, 20), mails.slice(20, 23), mails.slice(23)]
      const ids = await Promise.all(batches.map((batch) => append(folder, ...batch)))
      const found = await read(folder, ids.flat())
      expect(ids.flat().map((id) => textOf(found.get(id)))).toEqual(mails.map(textOf))
    })

    backendTest(suite, 'keeps the flags that can be kept, and no others', async (room) => {
      const folder = await room.open()
      const flags = new Set(['\\Seen', '\\Flagged', '\\Answered', '\\Draft', '$Work', 'NonJunk'])
      const [id] = (await append(folder, mailAbout('a', flags))) as [MessageId]
      const kept = [...flags].filter((flag) => room.repository.capabilities.canStore(flag))
      expect((await flagsIn(folder)).get(id)).toEqual(new Set(kept))
    })

    backendTest(suite, 'stores twins twice', async (room) => {
      const folder = await room.open()
      expect(new Set(await append(folder, ...twins)).size).toBe(2)
      expect((await list(folder)).size).toBe(2)
    })
  })

  describe('locate', () => {
    for (const { why, stored } of [
      { why: 'none', stored: [] },
      { why: 'the first half', stored: [0, 1] },
      { why: 'the second half', stored: [2, 3] },
      { why: 'every other one', stored: [1, 3] },
      { why: 'the whole', stored: [0, 1, 2, 3] },
    ]) {
      backendTest(suite, `finds ${why} of a batch after a crash`, async (room) => {
        const folder = await room.open()
        await append(folder, one, two)
        const batch = await prepared(folder, mails.slice(4, 8))
        const arrived = stored.map((index) => batch[index] as OutgoingMessage)
        const ids = idsOf(await folder.append(arrived, signal))
        await folder.close()
        const again = await room.open()
        const before = await list(again)
        const tokens = batch.map(({ token }) => token)
        const located = await again.locate(tokens, knownOf([]), signal)
        expect(new Map(located)).toEqual(new Map(arrived.map(({ token }, index) => [token, ids[index]])))
        expect(await list(again)).toEqual(before)
      })
    }

    backendTest(suite, 'takes no message for two', async (room) => {
      const folder = await room.open()
      const [first, second] = (await prepared(folder, twins)) as [OutgoingMessage, OutgoingMessage]
      const [id] = idsOf(await folder.append([first], signal)) as [MessageId]
      const tokens = [first.token, second.token]
      expect([...(await folder.locate(tokens, knownOf([]), signal)).values()]).toEqual([id])
      const [other] = idsOf(await folder.append([second], signal)) as [MessageId]
      const located = [...(await folder.locate(tokens, knownOf([]), signal)).values()]
      expect(located.sort()).toEqual([id, other].sort())
    })

    backendTest(suite, 'leaves alone what is known already', async (room) => {
      const folder = await room.open()
      const [first, second] = (await prepared(folder, twins)) as [OutgoingMessage, OutgoingMessage]
      const [id] = idsOf(await folder.append([first], signal)) as [MessageId]
      expect((await folder.locate([second.token], knownOf([id]), signal)).size).toBe(0)
      expect(await folder.locate([], knownOf([id]), signal)).toEqual(new Map())
    })

    backendTest(suite, 'leaves alone a twin that lay there before', async (room) => {
      const folder = await room.open()
      const [twin] = twins as [(typeof twins)[0]]
      await room.backend.add(work, twin)
      await list(folder)
      const [message] = (await prepared(folder, [twin])) as [OutgoingMessage]
      expect((await folder.locate([message.token], knownOf([]), signal)).size).toBe(0)
      const [id] = idsOf(await folder.append([message], signal)) as [MessageId]
      expect([...(await folder.locate([message.token], knownOf([]), signal)).values()]).toEqual([id])
    })

    backendTest(suite, 'finds what arrived among mail of others', async (room) => {
      const folder = await room.open()
      const [lost, arrived] = (await prepared(folder, [two, three])) as [OutgoingMessage, OutgoingMessage]
      await room.backend.add(work, one)
      const [id] = idsOf(await folder.append([arrived], signal)) as [MessageId]
      await room.backend.add(work, mails[4] ?? one)
      const located = await folder.locate([lost.token, arrived.token], knownOf([]), signal)
      expect(new Map(located)).toEqual(new Map([[arrived.token, id]]))
    })

    backendTest(suite, 'does not find what was removed since', async (room) => {
      const folder = await room.open()
      const batch = await prepared(folder, [one])
      const [id] = idsOf(await folder.append(batch, signal)) as [MessageId]
      await room.backend.remove(work, id)
      expect((await folder.locate([batch[0]?.token ?? ''], knownOf([messageId('1')]), signal)).size).toBe(0)
    })
  })
}
