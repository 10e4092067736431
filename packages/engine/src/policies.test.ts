import type { MessageId, Repository, Side, SyncEvent } from '@mailtide/contracts'
import { describe, expect, it } from 'vitest'
import { account, mails, may } from './account.fixture.ts'

const deleted = (flags: ReadonlySet<string>) => flags.has('\\Deleted')

/** A store whose removal only marks, as IMAP without EXPUNGE. */
function marking(repository: Repository): Repository {
  return {
    ...repository,
    async open(...args) {
      const folder = await repository.open(...args)
      return {
        ...folder,
        remove: (ids, signal) => folder.changeFlags([{ ids, add: new Set(['\\Deleted']), drop: new Set() }], signal),
      }
    },
  }
}

describe('messages that are never to be copied', () => {
  const ignoring = (ids: () => readonly string[]) => ({
    ignored: async ({ remote }: { remote: string }, side: Side) =>
      new Set(side === 'remote' && remote === 'INBOX' ? (ids() as MessageId[]) : []),
  })

  it('stay where they are, are told, and come once they are no longer left out', async () => {
    const test = account({ local: { INBOX: [] }, remote: { INBOX: mails(4), Work: mails(4, 'w') } })
    let ids = ['2', '3']
    const rule = ignoring(() => ids)
    expect((await test.run(rule)).counts.local.copied).toBe(6)
    expect(outsideOf(test.events)).toEqual([{ local: 0, remote: 2 }, undefined])
    await test.run(rule)
    await test.run(rule)
    expect(test.events.find(({ type }) => type === 'surveyed')).toMatchObject({ mayHaveChanged: 0 })
    ids = ['3', '99']
    expect((await test.run({ ...rule, dryRun: true })).counts.local.copied).toBe(1)
    expect((await test.run(rule)).counts.local.copied).toBe(1)
    ids = []
    expect((await test.run(rule)).counts.local.copied).toBe(1)
    expect(test.counts()).toEqual([4, 4])
  })

  it('are paired all the same where the other side has them', async () => {
    const test = account({ local: { INBOX: mails(3) }, remote: { INBOX: mails(3) } })
    const { counts } = await test.run(ignoring(() => ['1', '2', '3']))
    expect([counts.remote.copied, test.status.messageCount]).toEqual([0, 3])
  })
})

describe('a store whose removal only marks', () => {
  const rules = { local: may, remote: { ...may, passOverDeleted: true } }

  it('does not bring back what was deleted on the other side', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    const run = () => test.run({ rules, remote: marking(test.remote) })
    await run()
    test.local.mailbox('INBOX').remove(test.local.mailbox('INBOX').list()[0]?.id as MessageId)
    expect((await run()).counts.remote.removed).toBe(1)
    for (let again = 0; again < 3; again++) expect((await run()).counts.local.copied).toBe(0)
    expect(
      test.remote
        .mailbox('INBOX')
        .list()
        .filter(({ flags }) => deleted(flags)).length,
    ).toBe(1)
    expect(test.counts()).toEqual([2, 3])
  })

  it('brings it once the mark is taken off', async () => {
    const test = account({ remote: { INBOX: mails(3) } })
    const remote = test.remote.mailbox('INBOX')
    const [first] = remote.list()
    remote.setFlags(first?.id as MessageId, ['\\Deleted'])
    const run = () => test.run({ rules, remote: marking(test.remote) })
    expect((await run()).counts.local.copied).toBe(2)
    expect(outsideOf(test.events)).toEqual([{ local: 0, remote: 1 }])
    remote.setFlags(first?.id as MessageId, ['\\Seen'])
    expect((await run()).counts.local.copied).toBe(1)
  })

  it('brings what is marked once removals remove', async () => {
    const test = account({ remote: { INBOX: mails(2) } })
    const remote = test.remote.mailbox('INBOX')
    remote.setFlags(remote.list()[0]?.id as MessageId, ['\\Deleted'])
    await test.run({ rules })
    expect((await test.run()).counts.local.copied).toBe(1)
  })

  it('aligns the mark of what is paired, as any flag', async () => {
    const test = account({ remote: { INBOX: mails(1) } })
    await test.run({ rules })
    const remote = test.remote.mailbox('INBOX')
    remote.setFlags(remote.list()[0]?.id as MessageId, ['\\Deleted'])
    await test.run({ rules })
    expect(
      test.local
        .mailbox('INBOX')
        .list()
        .every(({ flags }) => deleted(flags)),
    ).toBe(true)
  })

  it('does not take what somebody put back for what was deleted', async () => {
    const test = account({ remote: { INBOX: mails(2) } })
    const run = () => test.run({ rules, remote: marking(test.remote) })
    await run()
    const local = test.local.mailbox('INBOX')
    const [first] = local.list()
    local.remove(first?.id as MessageId)
    await run()
    test.remote.mailbox('INBOX').add('Subject: new\r\n\r\n')
    local.add({ bytes: first?.bytes ?? '' })
    expect((await run()).counts).toMatchObject({ local: { copied: 1 }, remote: { copied: 1 } })
    expect(local.list().some(({ flags }) => deleted(flags))).toBe(false)
    expect(test.counts()).toEqual([3, 4])
  })

  it('pairs what bears the mark on both sides', async () => {
    const marked = mails(2).map((bytes) => ({ bytes: bytes as string, flags: ['\\Deleted'] }))
    const test = account({ local: { INBOX: marked }, remote: { INBOX: marked } })
    expect((await test.run({ rules })).counts.remote.copied).toBe(0)
    expect([test.status.messageCount, ...test.counts()]).toEqual([2, 2, 2])
  })
})

describe('messages that were copied', () => {
  it('are told with how many of them nobody has seen', async () => {
    const [a, b, c] = mails(3) as [string, string, string]
    const test = account({ remote: { INBOX: [a, { bytes: b, flags: ['\\Seen'] }, c] } })
    await test.run()
    expect(test.events.filter(({ type }) => type === 'messages-copied')).toMatchObject([{ messages: 3, unseen: 2 }])
  })
})

function outsideOf(events: readonly SyncEvent[]) {
  return events.flatMap((event) => (event.type === 'folder-finished' ? [event.outside] : []))
}
