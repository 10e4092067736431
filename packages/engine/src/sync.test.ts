import type { MemoryOptions } from '@mailtide/backend-memory'
import { folderPath, MailtideError, type MessageId, type Repository, type Side } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, mails, may } from './account.fixture.ts'

describe('sync', () => {
  it('copies both ways, folders included, and has nothing to do afterwards', async () => {
    const test = account({
      local: { INBOX: mails(3, 'here') },
      remote: { INBOX: mails(150), 'Work/Old': mails(2, 'old') },
    })
    const { counts } = await test.run()
    expect(counts).toEqual({
      local: { copied: 152, removed: 0, flagged: 0 },
      remote: { copied: 3, removed: 0, flagged: 0 },
    })
    expect(test.counts()).toEqual([153, 153])
    expect(test.counts('Work/Old')).toEqual([2, 2])
    await test.run({ dryRun: true })
    expect(test.events.filter(({ type }) => type === 'step-planned')).toEqual([])
  })

  it('tells which messages it copied, of how many, and which it removed and re-flagged', async () => {
    const test = account({ remote: { INBOX: mails(150) } })
    await test.run()
    const copied = test.events.flatMap((event) => (event.type === 'messages-copied' ? [event] : []))
    expect(copied.flatMap(({ pairs = [] }) => pairs.map(({ remote }) => remote))).toHaveLength(150)
    expect(copied.map(({ of }) => of)).toEqual(copied.map(() => 150))

    const [first, second] = test.remote.mailbox('INBOX').list()
    test.remote.mailbox('INBOX').remove(first?.id as MessageId)
    test.remote.mailbox('INBOX').setFlags(second?.id as MessageId, ['\\Seen'])
    await test.run()
    expect(test.events.findLast(({ type }) => type === 'folder-finished')).toMatchObject({
      removed: [{ side: 'local', pairs: [{ remote: first?.id }] }],
      flagged: [{ side: 'local', pairs: [{ remote: second?.id }], add: new Set(['\\Seen']), drop: new Set() }],
    })
  })

  it('opens no folder that the survey shows unchanged', async () => {
    const test = account({ remote: { INBOX: mails(3), Work: mails(2, 'w') } })
    await test.run()
    await test.run()
    await test.run()
    expect(test.events.find(({ type }) => type === 'surveyed')).toMatchObject({ folders: 2, mayHaveChanged: 0 })
    expect(test.events.filter(({ type }) => type === 'folder-started')).toEqual([])
  })

  it('opens the folder of a side only when it has something to ask or to do there', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    await test.run()
    let opened = 0
    const counting: Repository = {
      ...test.remote,
      open(...args) {
        opened++
        return test.remote.open(...args)
      },
    }
    await test.run({ remote: counting })
    expect(test.events.filter(({ type }) => type === 'folder-started').length).toBe(1)
    expect(opened).toBe(0)
  })

  it('adopts what both sides hold already, and joins the flags', async () => {
    const [mail] = mails(1) as [string]
    const test = account({
      local: { INBOX: [{ bytes: mail, flags: ['\\Seen'] }] },
      remote: { INBOX: [{ bytes: mail, flags: ['\\Flagged'] }] },
    })
    const { counts } = await test.run()
    expect(counts.local.copied + counts.remote.copied).toBe(0)
    for (const side of [test.local, test.remote]) {
      expect(
        side
          .mailbox('INBOX')
          .list()
          .map(({ flags }) => [...flags].sort()),
      ).toEqual([['\\Flagged', '\\Seen']])
    }
  })

  it('reports a message that cannot be stored, copies its neighbours, and tries again next time', async () => {
    let refuse = true
    const refuseAppend = (bytes: Uint8Array) =>
      refuse && Buffer.from(bytes).includes('m 1')
        ? new MailtideError('test/refused', 'too big', { scope: 'message' })
        : undefined
    const test = account({ local: { INBOX: mails(3) }, options: { remote: { refuseAppend } } })
    expect(await test.run()).toMatchObject({ failures: 1, counts: { remote: { copied: 2 } } })
    expect(test.failures().map(({ code }) => code)).toEqual(['test/refused'])
    expect(await test.run()).toMatchObject({ failures: 1, counts: { remote: { copied: 0 } } })
    refuse = false
    expect(await test.run()).toMatchObject({ failures: 0, counts: { remote: { copied: 1 } } })
    expect(test.counts()).toEqual([3, 3])
  })

  it('reports a message that cannot be read and tries again next time', async () => {
    let refuse = true
    const test = account({
      remote: { INBOX: mails(3) },
      options: {
        remote: {
          refuseRead: (id) =>
            refuse && id === test.remote.mailbox('INBOX').list()[1]?.id ? new Error('phantom') : undefined,
        },
      },
    })
    expect(await test.run()).toMatchObject({ failures: 1, counts: { local: { copied: 2 } } })
    refuse = false
    expect(await test.run()).toMatchObject({ failures: 0 })
    expect(test.counts()).toEqual([3, 3])
  })

  it('looks again for a message that was listed and then not brought', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    const forgetful: Repository = {
      ...test.remote,
      async open(...args) {
        const folder = await test.remote.open(...args)
        return { ...folder, read: (ids, signal) => folder.read(ids.slice(1), signal) }
      },
    }
    expect(await test.run({ remote: forgetful })).toMatchObject({ counts: { local: { copied: 2 } } })
    expect(await test.run()).toMatchObject({ counts: { local: { copied: 1 } } })
  })

  it('takes a broken connection up again as often as the policy says', async () => {
    let left = 2
    const beforeEffect = () => {
      if (left-- > 0) throw new MailtideError('test/lost', 'connection lost', { scope: 'account', retryable: true })
    }
    const test = account({ local: { INBOX: mails(100) }, options: { remote: { beforeEffect } } })
    const waits: number[] = []
    const wait = async (attempt: number) => void waits.push(attempt)
    expect(await test.run({ retry: { attempts: 3, wait } })).toMatchObject({ failures: 0 })
    expect(waits).toEqual([2, 3])
    expect(test.counts()).toEqual([100, 100])
    left = 5
    test.local.mailbox('INBOX').add('a new one')
    expect(await test.run({ retry: { attempts: 2, wait } })).toMatchObject({ failures: 1 })
    expect(await test.run()).toMatchObject({ failures: 1 })
  })

  it('holds deletions that are too many to be believed until they are allowed', async () => {
    const test = account({ remote: { INBOX: mails(101), Work: mails(99, 'w') } })
    await test.run()
    for (const { id } of test.remote.mailbox('INBOX').list()) test.remote.mailbox('INBOX').remove(id)
    test.remote.mailbox('Work').add('new mail goes on')
    expect(await test.run()).toMatchObject({ held: { deletions: 101 }, counts: { local: { removed: 0, copied: 1 } } })
    expect(test.events.filter(({ type }) => type === 'held')).toMatchObject([
      { reason: 'too-many-deletions', messages: 101, side: 'local' },
    ])
    expect(test.counts()).toEqual([101, 0])
    expect(await test.run()).toMatchObject({ held: { deletions: 101 } })
    expect(await test.run({ deletionLimits: 'none' })).toMatchObject({
      held: { deletions: 0 },
      counts: { local: { removed: 101 } },
    })
    expect(test.counts()).toEqual([0, 0])
  })

  it('leaves a folder alone whose ids lost their meaning', async () => {
    const test = account({ remote: { INBOX: mails(3), Work: mails(1, 'w') } })
    await test.run()
    test.remote.mailbox('INBOX').renewEpoch()
    const [first] = test.remote.mailbox('INBOX').list()
    if (first) test.remote.mailbox('INBOX').remove(first.id)
    test.remote.mailbox('Work').add('other folders go on')
    expect(await test.run()).toMatchObject({
      held: { epochs: 1 },
      failures: 1,
      counts: { local: { removed: 0, copied: 1 } },
    })
    expect(test.counts()).toEqual([3, 2])
    expect(test.failures()[0]).toMatchObject({ code: 'engine/epoch-changed' })
  })

  it('refuses a store that is not the one it knows', async () => {
    const test = account({ remote: { INBOX: mails(3) }, options: { local: { carriesMark: true } } })
    await test.run()
    for (const spoil of [
      () => test.local.setMark('another'),
      () => test.local.setMark(undefined),
      () => test.local.unmount(),
    ]) {
      spoil()
      expect(await test.run()).toMatchObject({ failures: 1 })
      expect(test.failures()[0]).toMatchObject({ code: 'engine/store-missing', scope: 'account' })
    }
    expect(test.remote.mailbox('INBOX').list().length).toBe(3)
  })

  it('does nothing when the server lists no folder', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    await test.run()
    test.remote.mailbox('INBOX').delete()
    expect(await test.run()).toMatchObject({ failures: 1 })
    expect(test.local.mailbox('INBOX').list().length).toBe(3)
  })

  it('makes a folder anew that is gone on one side, and copies its mail there', async () => {
    const test = account({ remote: { INBOX: [], Work: mails(3) } })
    await test.run()
    test.local.mailbox('Work').delete()
    await test.run()
    expect(test.counts('Work')).toEqual([3, 3])
    test.remote.mailbox('Work').delete()
    await test.run()
    expect(test.counts('Work')).toEqual([3, 3])
  })

  it('syncs folders under other names where it is told which belong together, in the order it is told', async () => {
    const test = account({
      remote: { INBOX: mails(1), 'INBOX/Sent': mails(2, 's') },
      local: { INBOX: [], Mine: mails(1, 'mine') },
    })
    const pair = (local: string, remote: string, missingOn?: Side) => ({
      folders: { local: folderPath([local]), remote: folderPath(remote.split('/')) },
      ...(missingOn && { missingOn }),
    })
    const leftOut = [{ side: 'local' as const, path: folderPath(['Mine']), reason: 'nobody wants it' }]
    const pairs = [pair('Sent', 'INBOX/Sent', 'local'), pair('INBOX', 'INBOX')]
    await test.run({ pairFolders: async () => ({ pairs, leftOut }) })
    expect(test.local.paths()).toEqual(['INBOX', 'Mine', 'Sent'])
    expect(test.local.mailbox('Sent').list().length).toBe(2)
    const started = test.events.flatMap((event) => (event.type === 'folder-started' ? [event.folders.local] : []))
    expect(started).toEqual(['Sent', 'INBOX'])
    expect(test.events).toContainEqual({
      type: 'folder-skipped',
      account: 'test',
      path: 'Mine',
      reason: 'nobody wants it',
    })
  })

  it('touches nothing when one folder is in two pairs', async () => {
    const test = account({ remote: { INBOX: mails(1), Other: mails(1, 'o') }, local: { INBOX: [] } })
    const inbox = folderPath(['INBOX'])
    const pairs = [
      { folders: { local: inbox, remote: inbox } },
      { folders: { local: inbox, remote: folderPath(['Other']) } },
    ]
    expect(await test.run({ pairFolders: async () => ({ pairs, leftOut: [] }) })).toMatchObject({ failures: 1 })
    expect(test.failures()[0]).toMatchObject({ code: 'engine/folders-collide', scope: 'account' })
    expect(test.local.mailbox('INBOX').list()).toEqual([])
  })

  it('creates no folder where none may be created', async () => {
    const test = account({ remote: { INBOX: [], There: mails(1) }, local: { INBOX: [], Here: mails(1, 'h') } })
    const rules = { local: { ...may, createFolders: false }, remote: { ...may, createFolders: false } }
    await test.run({ rules })
    expect([test.local.paths(), test.remote.paths()]).toEqual([
      ['INBOX', 'Here'],
      ['INBOX', 'There'],
    ])
    expect(test.events.filter(({ type }) => type === 'folder-skipped').length).toBe(2)
  })

  it('never touches a read-only remote, and passes on later what was held back', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    const rules = { local: may, remote: { ...may, readOnly: true } }
    await test.run({ rules })
    const [first, second] = test.local.mailbox('INBOX').list()
    if (first) test.local.mailbox('INBOX').remove(first.id)
    if (second) test.local.mailbox('INBOX').setFlags(second.id, ['\\Flagged'])
    test.local.mailbox('INBOX').add('only here')
    test.local.mailbox('Mine').create()
    await test.run({ rules })
    await test.run({ rules })
    expect(test.counts()).toEqual([3, 3])
    expect(test.remote.paths()).toEqual(['INBOX'])
    expect(
      test.remote
        .mailbox('INBOX')
        .list()
        .every(({ flags }) => flags.size === 0),
    ).toBe(true)
    await test.run()
    expect(test.counts()).toEqual([3, 3])
    expect(
      test.remote
        .mailbox('INBOX')
        .list()
        .filter(({ flags }) => flags.has('\\Flagged')).length,
    ).toBe(1)
    expect(test.remote.paths()).toEqual(['INBOX', 'Mine'])
  })

  it('keeps deletions of one side from the other where they are not to be synced', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    const rules = { local: may, remote: { ...may, syncDeletes: false } }
    await test.run({ rules })
    const [first] = test.remote.mailbox('INBOX').list()
    if (first) test.remote.mailbox('INBOX').remove(first.id)
    await test.run({ rules })
    await test.run({ rules })
    expect(test.counts()).toEqual([3, 2])
  })

  it('says so where the server declares a folder read-only, and forgets nothing', async () => {
    let readOnly = true
    const test = account({ remote: { INBOX: mails(2) }, options: { remote: { isReadOnly: () => readOnly } } })
    await test.run()
    const [first, second] = test.local.mailbox('INBOX').list()
    if (first) test.local.mailbox('INBOX').setFlags(first.id, ['\\Seen'])
    if (second) test.local.mailbox('INBOX').remove(second.id)
    test.local.mailbox('INBOX').add('new here')
    expect((await test.run()).failures).toBe(3)
    expect(new Set(test.failures().map(({ code }) => code))).toEqual(new Set(['engine/folder-read-only']))
    readOnly = false
    expect((await test.run()).failures).toBe(0)
    expect(test.counts()).toEqual([2, 2])
    expect(
      test.remote
        .mailbox('INBOX')
        .list()
        .some(({ flags }) => flags.has('\\Seen')),
    ).toBe(true)
  })

  it('alters nothing in a dry run, and says what it would do', async () => {
    const test = account({ remote: { INBOX: mails(2), New: mails(1, 'n') }, local: { INBOX: mails(1, 'here') } })
    const report = await test.run({ dryRun: true })
    expect(report.counts).toMatchObject({ local: { copied: 3 }, remote: { copied: 1 } })
    expect(test.counts()).toEqual([1, 2])
    expect(test.local.paths()).toEqual(['INBOX'])
    expect([...test.status.folders()]).toEqual([])
    expect(test.events.filter(({ type }) => type === 'step-planned').length).toBe(4)
  })

  it('stops when told to, and goes on from there', async () => {
    const controller = new AbortController()
    const beforeEffect = () => controller.abort(new Error('told to stop'))
    const options: MemoryOptions = { beforeEffect }
    const test = account({ local: { INBOX: mails(200) }, options: { remote: options } })
    await expect(test.run({ signal: controller.signal })).rejects.toThrow('told to stop')
    expect((await test.run()).failures).toBe(0)
    expect(test.counts()).toEqual([200, 200])
  })

  it('streams a message that is too big to be held', async () => {
    const big = Buffer.alloc(3 * 1024 * 1024, 'x')
    const test = account({ remote: { INBOX: [...mails(2), big, ...mails(2, 'after')] } })
    await test.run()
    expect(
      test.local
        .mailbox('INBOX')
        .list()
        .map(({ bytes }) => bytes.length)
        .sort((a, b) => b - a)[0],
    ).toBe(big.length)
    expect(test.counts()).toEqual([5, 5])
  })
})
