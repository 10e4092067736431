import type { MemoryMail } from '@mailtide/backend-memory'
import { type FlagSet, MailtideError, type MessageId, messageId, type Repository } from '@mailtide/contracts'
import type { Inheritance } from '@mailtide/planner'
import { createKnife, createMemoryStatus } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { account, mails, may } from './account.fixture.ts'
import type { SyncRequest } from './sync-request.ts'

type Known = readonly { readonly remote: MessageId; readonly flags: FlagSet; readonly local?: MessageId }[]

/** An account as another program left it: the same mail on both sides, names with `U=`, its own status elsewhere. */
function leftBehind(messages: readonly MemoryMail[], { connections = 4 } = {}) {
  const test = account({
    local: { INBOX: [...messages] },
    remote: { INBOX: [...messages] },
    options: { local: { changes: 'full', notesPeers: true, connections } },
  })
  const local = test.local.mailbox('INBOX')
  const remote = test.remote.mailbox('INBOX')
  const inherited = (known: Known, remoteEpoch: string | undefined = '1'): Pick<SyncRequest, 'inherit'> => ({
    inherit: async ({ remote: path }): Promise<Inheritance | undefined> =>
      path === 'INBOX' ? { remoteEpoch, messages: known } : undefined,
  })
  const known: Known = remote.list().map(({ id, flags }) => ({ remote: id, flags }))
  return { ...test, here: local, there: remote, inherited, known }
}

/** Gives every local message the name that tells its remote id; in the order of both lists. */
async function nameThem({ local, here, there }: ReturnType<typeof leftBehind>) {
  const remotes = there.list().map(({ id }) => id)
  const folder = await local.open(here.path, 'select', new AbortController().signal)
  const peers = here.list().map(({ id }, index) => ({ id, peer: remotes[index] as MessageId }))
  await folder.notePeers?.(peers, new AbortController().signal)
  await folder.close()
}

async function named(messages: readonly MemoryMail[]) {
  const test = leftBehind(messages)
  await nameThem(test)
  return test
}

/** A repository of which no message may be read, nor its header. */
function unread(repository: Repository): Repository {
  return {
    ...repository,
    async open(...args) {
      const folder = await repository.open(...args)
      const refuse = () => {
        throw new Error('nothing has to be read')
      }
      return { ...folder, read: refuse, identify: refuse }
    },
  }
}

const bodiless = (test: { local: Repository; remote: Repository }) => ({
  local: unread(test.local),
  remote: unread(test.remote),
})

describe('what another program left behind', () => {
  it('is taken over without a look at any message, and says so', async () => {
    const test = await named(mails(50))
    const report = await test.run({ ...test.inherited(test.known), ...bodiless(test) })
    expect(report).toMatchObject({ failures: 0, counts: { local: { copied: 0 }, remote: { copied: 0 } } })
    expect(test.events.filter(({ type }) => type === 'inherited')).toMatchObject([{ messages: 50 }])
    expect(test.status.messageCount).toBe(50)
    await test.run({ dryRun: true })
    expect(test.events.filter(({ type }) => type === 'step-planned')).toEqual([])
  })

  it('lets what was done since on either side be seen as such', async () => {
    const test = await named(mails(6))
    const [a, b, c] = test.here.list()
    const [, , , d, e, f] = test.there.list()
    const known = test.known.map((each) => ({ ...each, flags: new Set(['\\Answered']) }))
    for (const { id } of [...test.here.list()]) test.here.setFlags(id, ['\\Answered'])
    for (const { id } of [...test.there.list()]) test.there.setFlags(id, ['\\Answered', '$Work'])
    test.here.remove(a?.id as MessageId)
    test.here.setFlags(b?.id as MessageId, ['\\Answered', '\\Seen'])
    test.here.setFlags(c?.id as MessageId, [])
    test.there.remove(d?.id as MessageId)
    test.there.setFlags(e?.id as MessageId, ['$Work'])
    test.there.setFlags(f?.id as MessageId, ['\\Answered', '\\Flagged'])
    test.here.add('Subject: new here\r\n\r\n')
    test.there.add('Subject: new there\r\n\r\nhello\r\n')
    const { counts } = await test.run(test.inherited(known))
    expect(counts).toMatchObject({ local: { copied: 1, removed: 1 }, remote: { copied: 1, removed: 1 } })
    const flags = [test.here, test.there].map((side) =>
      side
        .list()
        .map(({ bytes, flags }) => `${/m \d/.exec(Buffer.from(bytes).toString())?.[0]} ${[...flags].sort()}`)
        .filter((text) => !text.startsWith('undefined'))
        .sort(),
    )
    expect(flags[0]).toEqual(['m 1 $Work,\\Answered,\\Seen', 'm 2 $Work', 'm 4 $Work', 'm 5 \\Answered,\\Flagged'])
    expect(flags[1]).toEqual(flags[0])
  })

  it('forgets what is gone on both sides', async () => {
    const test = await named(mails(3))
    test.here.remove(test.here.list()[0]?.id as MessageId)
    test.there.remove(test.there.list()[0]?.id as MessageId)
    expect((await test.run(test.inherited(test.known))).counts.local.removed).toBe(0)
    expect(test.status.messageCount).toBe(2)
  })

  it('holds deletions that are too many, counted among all that was taken over', async () => {
    const test = await named(mails(500))
    for (const { id } of test.here.list().slice(0, 300)) test.here.remove(id)
    expect(await test.run(test.inherited(test.known))).toMatchObject({ held: { deletions: 300 } })
    expect(await test.run(test.inherited(test.known))).toMatchObject({ held: { deletions: 300 } })
    expect(test.counts()).toEqual([200, 500])
    expect(await test.run({ deletionLimits: 'none' })).toMatchObject({ counts: { remote: { removed: 300 } } })
    const fewer = await named(mails(500))
    for (const { id } of fewer.here.list().slice(0, 200)) fewer.here.remove(id)
    expect(await fewer.run(fewer.inherited(fewer.known))).toMatchObject({ held: { deletions: 0 } })
    expect(fewer.counts()).toEqual([300, 300])
  })

  it('gives a UID in two names to the first; the other is new', async () => {
    const test = await named(mails(2))
    const [first] = test.here.list()
    const copy = test.here.add({ bytes: first?.bytes ?? '' })
    const folder = await test.local.open(test.here.path, 'select', new AbortController().signal)
    await folder.notePeers?.([{ id: copy, peer: test.known[0]?.remote as MessageId }], new AbortController().signal)
    await folder.close()
    expect((await test.run(test.inherited(test.known))).counts.remote.copied).toBe(1)
    expect(test.counts()).toEqual([3, 3])
  })

  it('goes by local ids where those are known', async () => {
    const test = leftBehind(mails(4))
    const known = test.known.map((each, index) => ({ ...each, local: test.here.list()[index]?.id as MessageId }))
    test.here.remove(known[0]?.local as MessageId)
    expect((await test.run({ ...test.inherited(known), ...bodiless(test) })).counts).toMatchObject({
      local: { copied: 0 },
      remote: { copied: 0, removed: 1 },
    })
  })

  it.each([
    { why: 'of another UIDVALIDITY', epoch: '7' },
    { why: 'of an unknown UIDVALIDITY', epoch: undefined },
  ])(
    'is void where it is $why: both sides are compared message by message, and nothing is removed',
    async ({ epoch }) => {
      const test = leftBehind(mails(5))
      const [first] = test.there.list()
      test.there.remove(first?.id as MessageId)
      const inherit = async () => ({ remoteEpoch: epoch, messages: test.known })
      expect((await test.run({ inherit })).counts).toMatchObject({
        local: { copied: 0, removed: 0 },
        remote: { copied: 1, removed: 0 },
      })
      expect(test.events.filter(({ type }) => type === 'inheritance-void')).toMatchObject([{ was: epoch, is: '1' }])
    },
  )

  it('is void where the ids of the local side are of another epoch', async () => {
    const test = leftBehind(mails(2))
    const inherit = async () => ({ remoteEpoch: '1', localEpoch: 'x', messages: test.known })
    expect((await test.run({ inherit })).counts.local.removed).toBe(0)
    expect(test.events.filter(({ type }) => type === 'inheritance-void')).toMatchObject([{ was: 'x', is: '1' }])
  })

  it('is asked for once: never where there is a status, nor of a folder that has to be made', async () => {
    const test = await named(mails(3))
    test.remote.mailbox('Gone').create()
    for (const mail of mails(3, 'gone')) test.remote.mailbox('Gone').add(mail)
    const asked: string[] = []
    const inherit: SyncRequest['inherit'] = async ({ remote }) => {
      asked.push(remote)
      return { remoteEpoch: remote === 'INBOX' ? '1' : '2', messages: test.known }
    }
    await test.run({ inherit })
    await test.run({ inherit })
    expect(asked).toEqual(['INBOX'])
    expect(test.counts('Gone')).toEqual([3, 3])
  })

  it('deletes nothing where the run that made the missing folder anew was cut off, wherever', async () => {
    for (let effects = 0; effects < 24; effects++) {
      const knife = createKnife()
      const test = account({ remote: { Gone: mails(3) } })
      const status = knife.status(createMemoryStatus())
      const inherit = async () => ({
        remoteEpoch: '1',
        messages: test.remote
          .mailbox('Gone')
          .list()
          .map(({ id, flags }) => ({ remote: id, flags })),
      })
      const run = () => test.run({ inherit, status, local: knife.repository(test.local) })
      knife.arm(effects)
      await run().catch(() => undefined)
      knife.arm(undefined)
      await test.local.close()
      expect((await run()).counts.remote.removed).toBe(0)
      expect(test.counts('Gone')).toEqual([3, 3])
    }
  })

  it('deletes nothing where the user makes a folder that was missing and could not be made', async () => {
    const test = account({ local: { INBOX: [] }, remote: { INBOX: [], Gone: mails(3) } })
    const known = test.remote
      .mailbox('Gone')
      .list()
      .map(({ id, flags }) => ({ remote: id, flags }))
    const inherit = async () => ({ remoteEpoch: '2', messages: known })
    const rules = { local: { ...may, createFolders: false }, remote: may }
    await test.run({ inherit, rules })
    test.local.mailbox('Gone').create()
    expect((await test.run({ inherit, rules })).counts).toMatchObject({ local: { copied: 3 }, remote: { removed: 0 } })
  })

  it('is asked for again where it could not be read', async () => {
    const test = await named(mails(3))
    const inherit = async () => {
      throw new MailtideError('test/busy', 'the other program is running', { scope: 'folder' })
    }
    expect(await test.run({ inherit })).toMatchObject({ failures: 1 })
    expect([...test.status.folders()]).toEqual([])
    await test.run(test.inherited(test.known))
    expect(test.status.messageCount).toBe(3)
  })

  it('is told in a dry run, and not taken over', async () => {
    const test = await named(mails(5))
    test.here.remove(test.here.list()[0]?.id as MessageId)
    const report = await test.run({ ...test.inherited(test.known), ...bodiless(test), dryRun: true })
    expect(report.counts).toMatchObject({ local: { copied: 0 }, remote: { copied: 0, removed: 1 } })
    expect(test.events.filter(({ type }) => type === 'inherited')).toMatchObject([{ messages: 5 }])
    expect([...test.status.folders()]).toEqual([])
    expect(test.counts()).toEqual([4, 5])
  })

  it('keeps what was deleted on a side whose deletions are not to be synced from coming back', async () => {
    const test = await named(mails(3))
    test.here.remove(test.here.list()[0]?.id as MessageId)
    const rules = { local: { ...may, syncDeletes: false }, remote: may }
    for (let run = 0; run < 2; run++) await test.run({ ...test.inherited(test.known), rules })
    expect(test.counts()).toEqual([2, 3])
  })
})

describe('a status that was lost', () => {
  const dated = (count: number) =>
    mails(count).map((bytes, index) => ({
      bytes: bytes as string,
      receivedAt: new Date(1_700_000_000_000 + index * 1000),
    }))

  it('costs neither a body nor a header where names, sizes and dates agree, and joins the flags', async () => {
    const test = await named(dated(20))
    const [a] = test.here.list()
    const [b] = test.there.list()
    test.here.setFlags(a?.id as MessageId, ['\\Seen'])
    test.there.setFlags(b?.id as MessageId, ['\\Flagged', '$Work'])
    expect((await test.run(bodiless(test))).counts).toMatchObject({ local: { copied: 0 }, remote: { copied: 0 } })
    for (const side of [test.here, test.there]) {
      const flags = side.list().flatMap((message) => [...message.flags])
      expect(flags.sort()).toEqual(['$Work', '\\Flagged', '\\Seen'])
    }
    expect(test.status.messageCount).toBe(20)
  })

  it('costs headers and no body where dates do not agree', async () => {
    const test = await named(mails(20))
    let headers = 0
    const counted: Repository = {
      ...test.remote,
      async open(...args) {
        const folder = await test.remote.open(...args)
        return {
          ...folder,
          identify(ids, signal) {
            headers += ids.length
            return folder.identify(ids, signal)
          },
        }
      },
    }
    expect((await test.run({ remote: counted })).counts).toMatchObject({ local: { copied: 0 }, remote: { copied: 0 } })
    expect(headers).toBe(20)
  })

  it('loses nothing where all messages got new ids meanwhile, in another order', async () => {
    const messages = dated(12)
    const test = account({
      local: { INBOX: messages },
      remote: { INBOX: messages.toReversed() },
      options: { local: { changes: 'full', notesPeers: true } },
    })
    const folder = await test.local.open(test.local.mailbox('INBOX').path, 'select', new AbortController().signal)
    const peers = test.local
      .mailbox('INBOX')
      .list()
      .map(({ id }, n) => ({ id, peer: messageId(String(n + 1)) }))
    await folder.notePeers?.(peers, new AbortController().signal)
    await folder.close()
    expect((await test.run()).counts).toMatchObject({ local: { copied: 0 }, remote: { copied: 0 } })
    for (const pair of test.status.folder({ local: folderOf(test), remote: folderOf(test) }).pairs()) {
      const here = test.local
        .mailbox('INBOX')
        .list()
        .find(({ id }) => id === pair.local)
      const there = test.remote
        .mailbox('INBOX')
        .list()
        .find(({ id }) => id === pair.remote)
      expect(here?.bytes).toEqual(there?.bytes)
    }
  })
})

function folderOf({ local }: ReturnType<typeof account>) {
  return local.mailbox('INBOX').path
}
