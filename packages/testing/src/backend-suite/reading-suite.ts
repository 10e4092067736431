import { type MessageId, messageId, wholeBodyLimit } from '@mailtide/contracts'
import { identityOf } from '@mailtide/message-bytes'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { type Mail, mail } from '../mail.ts'
import type { BackendFeature, BackendSuite } from './backend-under-test.ts'
import { append, backendTest, flagsIn, list, mailAbout, mailOf, read, signal, textOf, work } from './room.ts'

const header = 'Subject: exact\r\n\r\n'

const exactBodies: readonly {
  readonly what: string
  readonly text: string
  readonly needs?: readonly BackendFeature[]
}[] = [
  {
    what: '8-bit octets',
    text: `${header}${String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 128 + i))}\r\n`,
  },
  { what: 'control octets', text: `${header}\x01\x02\x07\x08\x0b\x0c\x1b\x1f\x7f\r\n` },
  { what: 'a line of 200 kB', text: `${header}${'x'.repeat(200_000)}\r\n` },
  { what: 'no final line end', text: `${header}the end`, needs: ['open-end'] },
  { what: 'no body', text: 'Subject: exact\r\n' },
  { what: 'no header', text: '\r\nbody\r\n' },
  { what: 'only text', text: 'neither header nor line end', needs: ['headless', 'open-end'] },
  { what: 'empty lines at the end', text: `${header}a\r\n\r\n\r\n\r\n` },
  { what: 'lines of dots', text: `${header}.\r\n..\r\n.\r\n` },
  { what: 'just a whole body', text: `${header.padEnd(wholeBodyLimit - 2, '0123456789\r\n')}\r\n` },
  { what: 'octets of value 0', text: `${header}a\0b\0\0\r\n\0`, needs: ['nul'] },
  { what: 'nothing at all', text: '', needs: ['empty-message'] },
]

/** Messages on their way out: bytes, flags, dates, identities. */
export function describeReading(suite: BackendSuite): void {
  describe('read', () => {
    for (const { what, text, needs = [] } of exactBodies) {
      backendTest(
        suite,
        `brings back the exact octets of a message with ${what}`,
        async (room) => {
          const folder = await room.open()
          const [id] = await append(folder, mailOf(text))
          expectSameBytes((await read(folder, [id as MessageId])).get(id as MessageId), mailOf(text))
        },
        ...needs,
      )
    }

    backendTest(suite, 'brings back any mail, with its flags and date', async (room) => {
      const folder = await room.open()
      await fc.assert(
        fc.asyncProperty(fc.array(anyMail(suite), { minLength: 1, maxLength: 8 }), async (mails) => {
          const ids = await append(folder, ...mails)
          const found = await read(folder, ids)
          for (const [index, id] of ids.entries()) {
            expectSameBytes(found.get(id), mails[index] as Mail)
            expect(found.get(id)).toMatchObject({ flags: mails[index]?.flags, receivedAt: mails[index]?.receivedAt })
          }
        }),
        { numRuns: suite.runs ?? 25 },
      )
    })

    backendTest(suite, 'brings mail that others stored', async (room) => {
      const folder = await room.open()
      const mail = mailOf(`${header}from elsewhere\r\n`, new Set(['\\Seen']))
      await room.backend.add(work, mail)
      const found = [...(await read(folder, [...(await list(folder)).keys()])).values()]
      expect(found).toHaveLength(1)
      expectSameBytes(found[0], mail)
      expect(found[0]).toMatchObject({ flags: mail.flags, receivedAt: mail.receivedAt })
    })

    backendTest(suite, 'leaves out what is gone, and alters nothing', async (room) => {
      const folder = await room.open()
      const ids = await append(folder, mailAbout('a'), mailAbout('b'), mailAbout('c'))
      const [a, b, c] = ids as [MessageId, MessageId, MessageId]
      await folder.remove([b], signal)
      const found = await read(folder, [c, b, a])
      expect(new Set(found.keys())).toEqual(new Set([a, c]))
      expect(textOf(found.get(c))).toBe(textOf(mailAbout('c')))
      expect([...(await flagsIn(folder)).values()].map((flags) => flags.size)).toEqual([0, 0])
    })

    backendTest(
      suite,
      'leaves out what others removed',
      async (room) => {
        const folder = await room.open()
        const [a, b] = (await append(folder, mailAbout('a'), mailAbout('b'))) as [MessageId, MessageId]
        await room.backend.remove(work, a)
        expect([...(await read(folder, [a, b])).keys()]).toEqual([b])
      },
      'seeing-removals',
    )

    backendTest(suite, 'alters nothing where a folder is only examined', async (room) => {
      await room.visit((folder) => append(folder, mailOf(header)))
      const folder = await room.open(work, 'examine')
      const before = await list(folder)
      expect((await read(folder, [...before.keys()])).size).toBe(1)
      expect(await list(folder)).toEqual(before)
      expect([...before.values()][0]?.flags.size).toBe(0)
    })

    backendTest(suite, 'streams what is too big to be held', async (room) => {
      const folder = await room.open()
      const big = mailOf(
        `${header.padEnd(3 * 1024 * 1024 + 17, 'All work and no play makes Jack a dull boy.\r\n')}\r\n`,
      )
      const ids = await append(folder, mailAbout('a'), big, mailAbout('b'))
      let streamed = 0
      for await (const message of folder.read(ids, signal)) {
        if ('error' in message) throw message.error
        const { size, head } = message.body
        if (size <= wholeBodyLimit) {
          expect(head.length).toBe(size)
          continue
        }
        expect(head.length).toBeGreaterThanOrEqual(header.length)
        expect(head.length).toBeLessThanOrEqual(wholeBodyLimit)
        const chunks: Uint8Array[] = []
        for await (const chunk of message.body.stream()) chunks.push(Uint8Array.from(chunk))
        expectSameBytes({ ...big, bytes: Buffer.concat(chunks) }, big)
        streamed++
      }
      expect(streamed).toBe(1)
    })

    backendTest(suite, 'can be left half way, and the folder closed', async (room) => {
      const folder = await room.open()
      const ids = await append(folder, mailAbout('a'), mailAbout('b'), mailAbout('c'))
      for await (const message of folder.read(ids, signal)) {
        expect(ids).toContain(message.id)
        break
      }
      await folder.close()
      expect((await list(await room.open())).size).toBe(3)
    })
  })

  describe('measure', () => {
    backendTest(suite, 'tells the size in wire form and the date, as reading does', async (room) => {
      const folder = await room.open()
      const texts = ['\r\nbody\r\n', `${header}a\r\n\r\nb\r\n`, `${header.padEnd(2_000_000, '0123456789\r\n')}\r\n`]
      if (!suite.lacks?.['open-end']) texts.push(`${header}a\r\n\r\nb`)
      const mails = texts.map((text) => mailOf(text))
      const ids = await append(folder, ...mails)
      const onTheWire = await folder.measure(ids, 'wire', signal)
      const stored = await folder.measure(ids, 'stored', signal)
      for (const [index, id] of ids.entries()) {
        const { bytes, receivedAt } = mails[index] as Mail
        expect(onTheWire.get(id)).toEqual({ size: bytes.length, receivedAt })
        expect(stored.get(id)).toEqual({ size: expect.any(Number), receivedAt })
        expect(stored.get(id)?.size).toBeLessThanOrEqual(bytes.length)
      }
    })

    backendTest(suite, 'leaves out what is gone, and alters nothing', async (room) => {
      const folder = await room.open()
      const [a, b] = (await append(folder, mailAbout('a'), mailAbout('b'))) as [MessageId, MessageId]
      await folder.remove([a], signal)
      expect([...(await folder.measure([a, b, messageId('999999')], 'wire', signal)).keys()]).toEqual([b])
      expect(await folder.measure([], 'stored', signal)).toEqual(new Map())
      expect(await flagsIn(folder)).toEqual(new Map([[b, new Set()]]))
    })
  })

  describe('identify', () => {
    backendTest(suite, 'gives copies one text, the one that every backend gives them', async (room) => {
      const folder = await room.open()
      const texts = [`${header}one\r\n`, `${header}one\r\n`, `${header}three\r\n`, 'Subject: other\r\n\r\nthree\r\n']
      const ids = await append(folder, ...texts.map((text) => mailOf(text)))
      await folder.changeFlags([{ ids: ids.slice(0, 1), add: new Set(['\\Seen']), drop: new Set() }], signal)
      const found = await folder.identify(ids, signal)
      const expected = texts.map((text) => identityOf(text.length, Buffer.from(text, 'latin1')))
      expect(ids.map((id) => found.get(id))).toEqual(expected)
      expect(new Set(expected).size).toBe(3)
    })

    backendTest(suite, 'is right about a header longer than anyone needs, and about a big body', async (room) => {
      const folder = await room.open()
      const long = `Subject: ${'x'.repeat(900)}\r\n${'X-Trace: y\r\n'.repeat(10_000)}\r\nbody\r\n`
      const texts = [long, `${header.padEnd(2_000_000, 'z')}\r\n`]
      const ids = await append(folder, ...texts.map((text) => mailOf(text)))
      const found = await folder.identify(ids, signal)
      expect(ids.map((id) => found.get(id))).toEqual(
        texts.map((text) => identityOf(text.length, Buffer.from(text, 'latin1'))),
      )
    })

    backendTest(suite, 'leaves out what is gone', async (room) => {
      const folder = await room.open()
      const [a, b] = (await append(folder, mailAbout('a'), mailAbout('b'))) as [MessageId, MessageId]
      await folder.remove([a], signal)
      expect([...(await folder.identify([a, b], signal)).keys()]).toEqual([b])
      expect(await folder.identify([], signal)).toEqual(new Map())
      expect([...(await read(folder, [messageId('999999')])).keys()]).toEqual([])
    })
  })
}

/** Mail such as this backend can store. */
function anyMail({ lacks }: BackendSuite): fc.Arbitrary<Mail> {
  if (!lacks?.['open-end']) return mail
  return mail.map((each) => {
    const isOpen = !Buffer.from(each.bytes).toString('latin1').endsWith('\r\n')
    return isOpen ? { ...each, bytes: Buffer.concat([each.bytes, Buffer.from('\r\n')]) } : each
  })
}

// Comparing as buffers: a failed comparison of megabytes octet by octet would print them all.
function expectSameBytes(found: Mail | undefined, expected: Mail): void {
  expect(found?.bytes.length).toBe(expected.bytes.length)
  expect(Buffer.compare(found?.bytes ?? new Uint8Array(), expected.bytes)).toBe(0)
}
