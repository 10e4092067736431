import {
  type BothSides,
  type Cursor,
  type FolderPair,
  type FolderPath,
  type FolderStatus,
  type Intent,
  messageId,
  noFlags,
  type Pair,
  type StatusStore,
} from '@mailtide/contracts'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'

/** How the shared suite gets at a status store. */
export interface StatusStoreUnderTest {
  /** A new, empty store. */
  create(): Promise<StatusStore>
  /** Opens again what this store kept; it was closed. Left out by stores that keep nothing. */
  reopen?(closed: StatusStore): Promise<StatusStore>
}

/** Labels such as people have, and one such as nobody should. */
const odd = new Set(['\\Inbox', 'Two words', 'a, b', 'Gr&APw-n', '"', '[x]', '\u{1F4E7}'])
const inbox: FolderPair = { local: 'INBOX' as FolderPath, remote: 'INBOX' as FolderPath }
const sent: FolderPair = { local: 'sent' as FolderPath, remote: '[Gmail]/Gesendet ✉ "%2F" \'x' as FolderPath }

/** The suite that every status store joins: each sentence of the contract. */
export function describeStatusStore(name: string, { create, reopen }: StatusStoreUnderTest): void {
  const opened = async () => {
    const store = await create()
    onTestFinished(() => store.close())
    return store
  }

  describe(`${name} as a status store`, () => {
    it('is empty at first, and looking writes nothing', async () => {
      const store = await opened()
      const folder = store.folder(inbox)
      expect([folder.count, folder.cursors, folder.intents(), [...folder.pairs()]]).toEqual([0, undefined, [], []])
      expect(folder.pair('local', messageId('1'))).toBeUndefined()
      expect([[...store.folders()], store.messageCount, store.note('root')]).toEqual([[], 0, undefined])
    })

    it('finds a pair by either id, with its flags', async () => {
      const folder = (await opened()).folder(inbox)
      const put = [pair('1700000000_0.12.host,U=1', '17', '\\Seen', '$Work'), pair('b', '4294967295')]
      folder.commit({ put })
      for (const each of put) {
        expect(folder.pair('local', each.local)).toEqual(each)
        expect(folder.pair('remote', each.remote)).toEqual(each)
      }
      expect(folder.pair('remote', messageId('b'))).toBeUndefined()
      expect(folder.count).toBe(2)
    })

    it('keeps ids and flags as the texts they are', async () => {
      const folder = (await opened()).folder(inbox)
      const put = oddTexts.map((text, index) => pair(text, oddTexts.at(-1 - index) ?? '', text, '\\Seen', `x${text}`))
      folder.commit({ put })
      for (const each of put) expect(folder.pair('local', each.local)).toEqual(each)
      for (const each of put) expect(folder.pair('remote', each.remote)).toEqual(each)
      expect(sorted(folder.pairs())).toEqual(sorted(put))
    })

    it('keeps the labels of a pair, none and such as were never agreed on apart', async () => {
      const folder = (await opened()).folder(inbox)
      const bare = pair('a', '1', '\\Seen')
      const put = [bare, { ...pair('b', '2'), labels: new Set<string>() }, { ...pair('c', '3'), labels: odd }]
      folder.commit({ put })
      expect(sorted(folder.pairs())).toStrictEqual(put)
      for (const each of put) expect(folder.pair('remote', each.remote)).toStrictEqual(each)
      folder.commit({ put: [{ ...bare, labels: new Set(['\\Seen']) }] })
      expect(folder.pair('local', bare.local)?.labels).toEqual(new Set(['\\Seen']))
      folder.commit({ put: [bare] })
      expect(folder.pair('local', bare.local)).toStrictEqual(bare)
    })

    it('replaces any pair with the same local or the same remote id', async () => {
      const folder = (await opened()).folder(inbox)
      folder.commit({ put: [pair('a', '1'), pair('b', '2'), pair('c', '3')] })
      folder.commit({ put: [pair('a', '2', '\\Seen')] })
      expect(sorted(folder.pairs())).toEqual([pair('a', '2', '\\Seen'), pair('c', '3')])
      expect(folder.pair('remote', messageId('1'))).toBeUndefined()
    })

    it('drops before it puts, and only what is the very pair', async () => {
      const folder = (await opened()).folder(inbox)
      folder.commit({ put: [pair('a', '1'), pair('b', '2')] })
      folder.commit({ drop: [pair('a', '1'), pair('b', '9'), pair('z', '26')], put: [pair('a', '1', '\\Flagged')] })
      expect(sorted(folder.pairs())).toEqual([pair('a', '1', '\\Flagged'), pair('b', '2')])
    })

    it('keeps cursors from the commit that brings them to the next', async () => {
      const folder = (await opened()).folder(inbox)
      folder.commit({ put: [pair('a', '1')] })
      expect(folder.cursors).toBeUndefined()
      folder.commit({ cursors: cursors('1') })
      folder.commit({ put: [pair('b', '2')] })
      expect(folder.cursors).toEqual(cursors('1'))
      folder.commit({
        cursors: { local: { epoch: '', position: '' }, remote: { epoch: '9'.repeat(40), position: 'ü\n' } },
      })
      expect(folder.cursors?.local).toEqual({ epoch: '', position: '' })
      expect(folder.cursors?.remote).toEqual({ epoch: '9'.repeat(40), position: 'ü\n' })
    })

    it('holds intents until they are settled; a second one for a source replaces the first', async () => {
      const folder = (await opened()).folder(inbox)
      const up: Intent = { to: 'remote', source: messageId('a'), token: 'first' }
      const again: Intent = { ...up, token: 'second' }
      const down: Intent = { to: 'local', source: messageId('a'), token: '007' }
      folder.intend([up, down])
      folder.intend([again])
      expect(new Set(folder.intents())).toEqual(new Set([again, down]))
      folder.commit({ put: [pair('a', '1')], settled: [again] })
      expect(folder.intents()).toEqual([down])
    })

    it('keeps folders apart, and shows every handle of one folder the same', async () => {
      const store = await opened()
      const folder = store.folder(inbox)
      folder.commit({ put: [pair('a', '1')], cursors: cursors('1') })
      store.folder(sent).commit({ put: [pair('a', '1', '\\Seen'), pair('b', '2')] })
      expect(store.folder(inbox).pair('local', messageId('a'))).toEqual(pair('a', '1'))
      expect(store.messageCount).toBe(3)
      const listed = [...store.folders()].sort(([a], [b]) => (a.local < b.local ? -1 : 1))
      expect(listed).toEqual([
        [inbox, cursors('1')],
        [sent, undefined],
      ])
      store.folder(inbox).commit({ drop: [pair('a', '1')] })
      expect(folder.count).toBe(0)
    })

    it('forgets everything about a folder that is reset, and nothing else', async () => {
      const store = await opened()
      const folder = store.folder(inbox)
      for (const each of [folder, store.folder(sent)]) {
        each.commit({ put: [pair('a', '1')], cursors: cursors('1') })
        each.intend([{ to: 'local', source: messageId('2'), token: 't' }])
      }
      folder.reset()
      expect([folder.count, folder.cursors, folder.intents(), [...folder.pairs()]]).toEqual([0, undefined, [], []])
      expect([...store.folders()]).toEqual([[sent, cursors('1')]])
      expect(store.folder(sent).count).toBe(1)
      folder.commit({ put: [pair('a', '2')] })
      expect([...folder.pairs()]).toEqual([pair('a', '2')])
    })

    it('remembers notes', async () => {
      const store = await opened()
      store.setNote('root', 'one')
      store.setNote('root', 'zwei ✓')
      store.setNote('other', '')
      expect([store.note('root'), store.note('other'), store.note('ROOT')]).toEqual(['zwei ✓', '', undefined])
    })

    it('lets two walks through the pairs go on at once, and one be left half way', async () => {
      const folder = (await opened()).folder(inbox)
      const put = Array.from({ length: 3000 }, (_, index) => pair(`m${index}`, String(index)))
      folder.commit({ put })
      for (const first of folder.pairs()) {
        expect(first).toBeDefined()
        break
      }
      const pairs = folder.pairs()
      let walked = 0
      const other = pairs[Symbol.iterator]()
      for (const each of pairs) {
        expect(other.next().value).toEqual(each)
        walked++
      }
      expect(walked).toBe(put.length)
      expect(sorted(pairs)).toEqual(sorted(put))
    })

    it('lets commits go on during a walk through the pairs', async () => {
      const folder = (await opened()).folder(inbox)
      folder.commit({ put: Array.from({ length: 2500 }, (_, index) => pair(`m${index}`, String(index))) })
      const seen = new Set<string>()
      for (const each of folder.pairs()) {
        seen.add(each.local)
        folder.commit({ drop: [each] })
      }
      expect([seen.size, folder.count]).toEqual([2500, 0])
    })

    it('refuses to answer once it is closed', async () => {
      const store = await opened()
      const folder = store.folder(inbox)
      store.close()
      expect(() => store.note('root')).toThrow()
      expect(() => folder.commit({ put: [pair('a', '1')] })).toThrow()
    })

    it('holds, after any commits, what a plain list would', async () => {
      const store = await opened()
      let serial = 0
      fc.assert(
        fc.property(fc.array(changes, { maxLength: 12 }), (history) => {
          const folder = store.folder({ ...inbox, local: `law-${++serial}` as FolderPath })
          let list: Pair[] = []
          for (const change of history) {
            folder.commit(change)
            list = list.filter((one) => !change.drop.some((other) => isSame(one, other)))
            for (const one of change.put) {
              list = [...list.filter((other) => other.local !== one.local && other.remote !== one.remote), one]
            }
          }
          expectHolds(folder, list)
        }),
      )
    })

    it('is the same after it was closed and opened again', async (context) => {
      if (!reopen) return context.skip('this store keeps nothing')
      const store = await create()
      const folder = store.folder(sent)
      const intent: Intent = { to: 'remote', source: messageId('b'), token: 'ü 1' }
      folder.intend([intent, { to: 'local', source: messageId('5'), token: 'x' }])
      const settled: Intent = { to: 'local', source: messageId('5'), token: 'x' }
      folder.commit({ put: [pair('a', '1', '\\Seen', '$Wörk')], settled: [settled], cursors: cursors('2') })
      store.setNote('root', 'here')
      store.close()
      const again = await reopen(store)
      onTestFinished(() => again.close())
      expectHolds(again.folder(sent), [pair('a', '1', '\\Seen', '$Wörk')])
      expect(again.folder(sent).intents()).toEqual([intent])
      expect([...again.folders()]).toEqual([[sent, cursors('2')]])
      expect([again.messageCount, again.note('root')]).toEqual([1, 'here'])
    })
  })
}

const oddTexts = [
  '0',
  '007',
  '9007199254740991',
  '9007199254740992',
  '18446744073709551615',
  '-1',
  '1.0',
  '1e3',
  ' 1',
].concat(['', 'ü', 'a b', "'; --", '\u{1F4E7}', '1\n', 'NaN', '0x10', 'x'.repeat(300)])

const changes = fc.record({
  put: fc
    .array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 5 })
    .map((ids) => ids.map(([a, b]) => pair(`m${a}`, `${b}`))),
  drop: fc
    .array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 3 })
    .map((ids) => ids.map(([a, b]) => pair(`m${a}`, `${b}`))),
})

function pair(local: string, remote: string, ...flags: string[]): Pair {
  return { local: messageId(local), remote: messageId(remote), flags: flags.length === 0 ? noFlags : new Set(flags) }
}

function cursors(position: string): BothSides<Cursor> {
  return { local: { epoch: 'e', position }, remote: { epoch: '1700000000', position: `${position}:42` } }
}

function isSame(one: Pair, other: Pair): boolean {
  return one.local === other.local && one.remote === other.remote
}

function sorted(pairs: Iterable<Pair>): Pair[] {
  return [...pairs].sort((a, b) => (a.local < b.local ? -1 : 1))
}

function expectHolds(folder: FolderStatus, list: Pair[]): void {
  expect(sorted(folder.pairs())).toEqual(sorted(list))
  expect(folder.count).toBe(list.length)
  for (const each of list) expect(folder.pair('local', each.local)).toEqual(each)
  for (const each of list) expect(folder.pair('remote', each.remote)).toEqual(each)
}
