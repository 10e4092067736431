import type { MemoryMail } from '@mailtide/backend-memory'
import type { Folder, MessageId, Repository, SyncEvent } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, may } from './account.fixture.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))

function dated(number: number, tag = 'm'): MemoryMail {
  const bytes = `Message-ID: <${tag}${number}@example.org>\r\n\r\n${tag} ${number}\r\n`
  return { bytes, receivedAt: day(number) }
}

function sized(octets: number): MemoryMail {
  return 'Subject: big\r\n\r\n'.padEnd(octets, 'x')
}

const days = (first: number, last: number, tag?: string) =>
  Array.from({ length: last - first + 1 }, (_, index) => dated(first + index, tag))
const since = (number: number) => ({ local: { since: day(number) }, remote: { since: day(number) } })

function outsideOf(events: readonly SyncEvent[]) {
  return events.flatMap((event) => (event.type === 'folder-finished' ? [event.outside] : []))
}

/** Counts what a repository's folders are asked to fetch. */
function counting(repository: Repository) {
  const asked = { identified: 0, wire: 0, stored: 0, read: 0 }
  const open: Repository['open'] = async (...args) => {
    const folder = await repository.open(...args)
    const counted: Folder = {
      ...folder,
      identify(ids, signal) {
        asked.identified += ids.length
        return folder.identify(ids, signal)
      },
      measure(ids, form, signal) {
        asked[form] += ids.length
        return folder.measure(ids, form, signal)
      },
      read(ids, signal) {
        asked.read += ids.length
        return folder.read(ids, signal)
      },
    }
    return counted
  }
  return { asked, repository: { ...repository, open } }
}

describe('a window', () => {
  it('keeps out what lies outside of it, on both sides, and says how much', async () => {
    const test = account({ local: { INBOX: days(1, 4, 'here') }, remote: { INBOX: days(1, 10) } })
    const { counts } = await test.run({ window: since(4) })
    expect(counts).toMatchObject({ local: { copied: 7, removed: 0 }, remote: { copied: 1, removed: 0 } })
    expect(outsideOf(test.events)).toEqual([{ local: 3, remote: 3 }])
    expect(test.counts()).toEqual([11, 11])
    await test.run({ window: since(4), dryRun: true })
    expect(test.events.filter(({ type }) => type === 'step-planned')).toEqual([])
  })

  it('says nothing of itself where it keeps nothing out', async () => {
    const test = account({ remote: { INBOX: days(1, 3) } })
    await test.run({ window: since(1) })
    expect(outsideOf(test.events)).toEqual([undefined])
  })

  it('does not let go of what is paired, however far it moves on', async () => {
    const test = account({ remote: { INBOX: days(1, 5) } })
    await test.run({ window: since(1) })
    const remote = test.remote.mailbox('INBOX')
    const [first, second] = remote.list()
    remote.setFlags(first?.id as MessageId, ['\\Flagged'])
    remote.remove(second?.id as MessageId)
    expect(await test.run({ window: since(20) })).toMatchObject({
      counts: { local: { copied: 0, removed: 1, flagged: 1 }, remote: { copied: 0, removed: 0 } },
    })
    expect(test.counts()).toEqual([4, 4])
  })

  it('passes quietly over a message that a delta shows again', async () => {
    const test = account({ remote: { INBOX: days(1, 5) } })
    await test.run({ window: since(4) })
    await test.run({ window: since(4) })
    const [old] = test.remote.mailbox('INBOX').list()
    test.remote.mailbox('INBOX').setFlags(old?.id as MessageId, ['\\Flagged'])
    const { asked, repository } = counting(test.remote)
    expect(await test.run({ window: since(4), remote: repository })).toMatchObject({ failures: 0 })
    expect(asked).toEqual({ identified: 0, wire: 0, stored: 1, read: 0 })
    expect(test.counts()).toEqual([2, 5])
  })

  it('brings what it kept out once it is wider, and asks for nothing anew while it moves on', async () => {
    const test = account({
      local: { INBOX: days(1, 2, 'here') },
      remote: { INBOX: days(1, 10), Work: days(1, 2, 'w') },
    })
    await test.run({ window: since(8) })
    await test.run({ window: since(9) })
    await test.run({ window: since(10) })
    expect(test.events.find(({ type }) => type === 'surveyed')).toMatchObject({ mayHaveChanged: 0 })
    expect(test.counts()).toEqual([5, 10])
    expect((await test.run({ window: since(5), dryRun: true })).counts.local.copied).toBe(3)
    expect((await test.run({ window: since(5) })).counts.local.copied).toBe(3)
    expect((await test.run()).counts).toMatchObject({ local: { copied: 6 }, remote: { copied: 2 } })
    expect(test.counts()).toEqual([12, 12])
    expect(test.counts('Work')).toEqual([2, 2])
  })

  it('brings what it kept out in a folder that could not be synced when it was widened', async () => {
    let isBroken = false
    const test = account({
      remote: { INBOX: days(1, 3) },
      options: { local: { refuseAppend: () => (isBroken ? new Error('full') : undefined) } },
    })
    await test.run({ window: since(3) })
    isBroken = true
    expect((await test.run({ window: since(2) })).failures).toBe(1)
    isBroken = false
    expect((await test.run({ window: since(2) })).counts.local.copied).toBe(1)
  })

  it('passes over old mail that is here alone without reading it, run after run', async () => {
    const test = account({
      local: { INBOX: days(1, 20, 'kept') },
      remote: { INBOX: [dated(21)] },
      options: { local: { changes: 'full' } },
    })
    await test.run({ window: since(21) })
    await test.run({ window: since(21) })
    test.remote.mailbox('INBOX').add(dated(22))
    test.local.mailbox('INBOX').add(dated(23, 'own'))
    const { asked, repository } = counting(test.local)
    expect((await test.run({ window: since(21), local: repository })).counts.local.copied).toBe(1)
    expect(asked).toEqual({ identified: 0, wire: 1, stored: 21, read: 1 })
    expect(test.counts()).toEqual([23, 3])
    const [old] = test.local.mailbox('INBOX').list()
    test.remote.mailbox('INBOX').add({ bytes: old?.bytes ?? '', receivedAt: day(1) })
    test.local.mailbox('INBOX').add(dated(24, 'own'))
    expect((await test.run({ window: since(21) })).counts.local.copied).toBe(0)
    expect(test.status.messageCount).toBe(5)
  })

  it('pairs what both sides have, however old, and reads the headers of nothing else', async () => {
    const old = days(1, 3)
    const test = account({
      local: { INBOX: [...old, sized(77)] },
      remote: { INBOX: [...old, ...Array.from({ length: 50 }, (_, n) => sized(1000 + n))] },
    })
    const { asked, repository } = counting(test.remote)
    const { counts } = await test.run({
      window: { local: { since: day(9) }, remote: { maxSize: 1 } },
      remote: repository,
    })
    expect(counts).toMatchObject({ local: { copied: 0 }, remote: { copied: 1 } })
    expect(asked).toEqual({ identified: 3, wire: 53, stored: 50, read: 0 })
    const [first] = test.local.mailbox('INBOX').list()
    test.local.mailbox('INBOX').remove(first?.id as MessageId)
    await test.run({ window: { local: { since: day(9) }, remote: { maxSize: 1 } } })
    expect(test.counts()).toEqual([3, 53])
  })

  it('never removes a message that was uploaded at the limit of size and is beyond it over there', async () => {
    // maxsize = 100: smaller than that on the server, not bigger than that here.
    const window = { local: { maxSize: 100 }, remote: { maxSize: 99 } }
    const test = account({
      local: { INBOX: [sized(99), sized(100), sized(101)] },
      remote: { INBOX: [sized(98), 'Subject: other\r\n\r\n'.padEnd(100, 'z')] },
    })
    expect((await test.run({ window })).counts).toMatchObject({ local: { copied: 1 }, remote: { copied: 2 } })
    for (let run = 0; run < 3; run++) {
      expect((await test.run({ window })).counts).toMatchObject({
        local: { copied: 0, removed: 0 },
        remote: { copied: 0, removed: 0 },
      })
    }
    expect(test.counts()).toEqual([4, 4])
    expect((await test.run()).counts).toMatchObject({ local: { copied: 1 }, remote: { copied: 1 } })
  })

  it('goes by the size that the store keeps, where that is another one than on the wire', async () => {
    const test = account({ local: { INBOX: [sized(105), sized(106)] } })
    const asMaildir: Repository = {
      ...test.local,
      async open(...args) {
        const folder = await test.local.open(...args)
        return {
          ...folder,
          async measure(ids, form, signal) {
            const found = await folder.measure(ids, form, signal)
            const less = form === 'stored' ? 5 : 0
            return new Map([...found].map(([id, measure]) => [id, { ...measure, size: measure.size - less }]))
          },
        }
      },
    }
    const window = { local: { maxSize: 100 }, remote: { maxSize: 99 } }
    expect((await test.run({ window, local: asMaildir })).counts.remote.copied).toBe(1)
    expect((await test.run({ window, local: asMaildir })).counts.local.removed).toBe(0)
    expect(test.counts()).toEqual([2, 1])
  })
})

describe('windows and rules', () => {
  const windows = {
    'no window': undefined,
    maxage: since(4),
    'startdate, remote': { local: {}, remote: { since: day(4) } },
    maxsize: { local: { maxSize: 45 }, remote: { maxSize: 44 } },
    'maxage and maxsize': { local: { since: day(4), maxSize: 45 }, remote: { since: day(4), maxSize: 44 } },
  }
  const rules = {
    'nothing else': { local: may, remote: may },
    'readonly, remote': { local: may, remote: { ...may, readOnly: true } },
    'readonly, local': { local: { ...may, readOnly: true }, remote: may },
    'sync_deletes = no, remote': { local: may, remote: { ...may, syncDeletes: false } },
    'sync_deletes = no, local': { local: { ...may, syncDeletes: false }, remote: may },
    'backup mode': { local: may, remote: { readOnly: true, createFolders: true, syncDeletes: false } },
    'sync_deletes = no, both': { local: { ...may, syncDeletes: false }, remote: { ...may, syncDeletes: false } },
    'readonly, both': { local: { ...may, readOnly: true }, remote: { ...may, readOnly: true } },
    'createfolders = no': { local: { ...may, createFolders: false }, remote: { ...may, createFolders: false } },
  }
  const table = Object.entries(windows).flatMap(([windowName, window]) =>
    Object.entries(rules).map(([ruleName, rule]) => ({ windowName, window, ruleName, rule })),
  )

  it.each(table)('$windowName with $ruleName', async ({ window, rule }) => {
    const test = account({
      local: { INBOX: days(3, 4, 'l'), Mine: days(3, 4, 'mine') },
      remote: { INBOX: [...days(3, 4, 'remote'), ...days(5, 8, 'both')], Theirs: days(3, 4, 'theirs') },
    })
    const with_ = { rules: rule, ...(window && { window }) }
    const copies = (to: 'local' | 'remote', tag: string, numbers: readonly number[]) => {
      if (rule[to].readOnly) return 0
      const limits = window?.[to === 'local' ? 'remote' : 'local']
      return numbers.filter((number) => {
        const { bytes } = dated(number, tag) as { bytes: string }
        const { since: from, maxSize } = { since: undefined, maxSize: undefined, ...limits }
        return (from === undefined || day(number) >= from) && (maxSize === undefined || bytes.length <= maxSize)
      }).length
    }
    const creates = (on: 'local' | 'remote') => rule[on].createFolders && !rule[on].readOnly
    const first = await test.run(with_)
    const down = copies('local', 'remote', [3, 4]) + copies('local', 'both', [5, 6, 7, 8])
    const up = copies('remote', 'l', [3, 4])
    expect(first.failures).toBe(0)
    expect(first.counts).toEqual({
      local: { copied: down + (creates('local') ? copies('local', 'theirs', [3, 4]) : 0), removed: 0, flagged: 0 },
      remote: { copied: up + (creates('remote') ? copies('remote', 'mine', [3, 4]) : 0), removed: 0, flagged: 0 },
    })
    expect(test.local.paths().includes(test.remote.mailbox('Theirs').path)).toBe(creates('local'))
    expect(test.remote.paths().includes(test.local.mailbox('Mine').path)).toBe(creates('remote'))

    // Of what was copied down one goes there, another here; what lies outside goes on the server without a trace.
    const there = test.remote.mailbox('INBOX')
    const here = test.local.mailbox('INBOX')
    const isBoth = (number: number) => (mail: { bytes: Uint8Array }) =>
      Buffer.from(mail.bytes).includes(`both${number}@`)
    const wasCopied = here.list().some(isBoth(5))
    for (const old of there.list().filter((mail) => Buffer.from(mail.bytes).includes('remote3@'))) there.remove(old.id)
    for (const mail of there.list().filter(isBoth(5))) there.remove(mail.id)
    for (const mail of here.list().filter(isBoth(6))) here.remove(mail.id)
    const oldHere = here.list().filter((mail) => Buffer.from(mail.bytes).includes('remote3@')).length
    const second = await test.run(with_)
    const removedHere = rule.remote.syncDeletes && !rule.local.readOnly && wasCopied ? 1 + oldHere : 0
    const removedThere = rule.local.syncDeletes && !rule.remote.readOnly && wasCopied ? 1 : 0
    expect(second.counts).toEqual({
      local: { copied: 0, removed: removedHere, flagged: 0 },
      remote: { copied: 0, removed: removedThere, flagged: 0 },
    })
    const third = await test.run({ ...with_, dryRun: true })
    expect(third.counts.local.copied + third.counts.remote.copied + third.counts.local.removed).toBe(0)
  })
})
