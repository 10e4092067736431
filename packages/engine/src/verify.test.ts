import { createHash } from 'node:crypto'
import { createMemoryRepository, type MemoryMail, type MemoryRepository } from '@mailtide/backend-memory'
import { type FolderPath, type MessageId, noFlags, type Pair, type StatusStore } from '@mailtide/contracts'
import { createMemoryStatus } from '@mailtide/testing'
import { describe, expect, it } from 'vitest'
import { mails } from './account.fixture.ts'
import { sync } from './sync.ts'
import { verify } from './verify.ts'
import type { Difference, OctetHash, VerifyEvent, VerifyRequest } from './verify-request.ts'

const inbox = { local: 'INBOX' as FolderPath, remote: 'INBOX' as FolderPath }

interface Synced {
  readonly local: MemoryRepository
  readonly remote: MemoryRepository
  readonly status: StatusStore
  readonly pairs: readonly Pair[]
}

/** Three messages that are on both sides, or those given, after a sync. */
async function synced(given: readonly MemoryMail[] = mails(3), options: Partial<VerifyRequest> = {}) {
  const local = createMemoryRepository({ INBOX: [] }, { connections: 1 })
  const remote = createMemoryRepository({ INBOX: given }, { connections: 1 })
  const status = createMemoryStatus()
  const syncNow = () => sync({ account: 'test', local, remote, status, emit: () => {} })
  await syncNow()
  // Our own appends are told once more; after that both cursors stand at the end.
  await syncNow()
  const events: VerifyEvent[] = []
  const verifyNow = async (more: Partial<VerifyRequest> = {}) => {
    events.length = 0
    const emit = (event: VerifyEvent) => events.push(event)
    const report = await verify({ account: 'test', local, remote, status, emit, ...options, ...more })
    return { ...report, differences: report.folders.flatMap(({ differences }) => differences) }
  }
  const pairs = [...status.folder(inbox).pairs()]
  return { local, remote, status, pairs, events, syncNow, verifyNow }
}

function sha256(): OctetHash {
  const hash = createHash('sha256')
  return { update: (octets) => hash.update(octets), digest: () => hash.digest('base64url') }
}

const [first, second] = [0, 1]
const at = (pairs: readonly Pair[], index: number) => pairs[index] as Pair
const idsOf = ({ local, remote }: Pair) => ({ local, remote })
const replace = (text: MemoryMail, from: string | RegExp, to: string) => String(text).replace(from, to)

describe('verify', () => {
  it('finds nothing where nothing differs, deep or not, and writes nothing', async () => {
    const { verifyNow, status, events } = await synced()
    const frozen = { ...status, setNote: () => expect.fail('a note is written'), folder: readOnlyFolder(status) }
    for (const deep of [undefined, sha256]) {
      const { folders, failures } = await verifyNow({ ...(deep && { deep }), status: frozen })
      expect({ folders, failures }).toEqual({
        failures: 0,
        folders: [
          {
            folders: inbox,
            differences: [],
            counts: {
              pairs: 3,
              messages: { local: 3, remote: 3 },
              left: 0,
              compared: deep ? 3 : 0,
              altered: 0,
              unfinished: 0,
            },
          },
        ],
      })
      expect(events.map(({ type }) => type)).toEqual(['folder-verified'])
    }
  })

  const ids = (pair: Pair) => idsOf(pair)
  it.each<{ why: string; edit(given: Synced): void; found(given: Synced): Difference[] }>([
    {
      why: 'a message that is new here',
      edit: ({ local }) => local.mailbox('INBOX').add('Subject: new\r\n\r\n'),
      found: () => [{ kind: 'new', side: 'local', id: '4' as MessageId, outlook: 'waiting' }],
    },
    {
      why: 'a message that is gone from the server',
      edit: ({ remote, pairs }) => remote.mailbox('INBOX').remove(at(pairs, second).remote),
      found: ({ pairs }) => [{ kind: 'gone', from: 'remote', ids: ids(at(pairs, second)), outlook: 'waiting' }],
    },
    {
      why: 'a message that is gone from both sides',
      edit({ local, remote, pairs }) {
        local.mailbox('INBOX').remove(at(pairs, first).local)
        remote.mailbox('INBOX').remove(at(pairs, first).remote)
      },
      found: ({ pairs }) => [{ kind: 'gone', from: 'both', ids: ids(at(pairs, first)), outlook: 'waiting' }],
    },
    {
      why: 'flags that changed on one side',
      edit: ({ local, pairs }) => local.mailbox('INBOX').setFlags(at(pairs, first).local, ['\\Seen']),
      found: ({ pairs }) => [
        {
          kind: 'flags',
          side: 'local',
          ids: ids(at(pairs, first)),
          added: new Set(['\\Seen']),
          dropped: noFlags,
          outlook: 'waiting',
        },
      ],
    },
    {
      why: 'flags that the store has wrong, which no sync would see',
      edit: ({ status, pairs }) =>
        status.folder(inbox).commit({ put: [{ ...at(pairs, first), flags: new Set(['\\Flagged']) }] }),
      found: ({ pairs }) =>
        (['local', 'remote'] as const).map((side) => ({
          kind: 'flags',
          side,
          ids: ids(at(pairs, first)),
          added: noFlags,
          dropped: new Set(['\\Flagged']),
          outlook: 'unseen',
        })),
    },
    {
      why: 'a pair that the store lost, which no sync would see',
      edit: ({ status, pairs }) => status.folder(inbox).commit({ drop: [at(pairs, first)] }),
      found: ({ pairs }) =>
        (['local', 'remote'] as const).map((side) => ({
          kind: 'new',
          side,
          id: at(pairs, first)[side],
          outlook: 'unseen',
        })),
    },
    {
      why: 'a pair that the store made up',
      edit: ({ status }) =>
        status.folder(inbox).commit({ put: [{ local: '8' as MessageId, remote: '9' as MessageId, flags: noFlags }] }),
      found: () => [
        { kind: 'gone', from: 'both', ids: { local: '8' as MessageId, remote: '9' as MessageId }, outlook: 'unseen' },
      ],
    },
    {
      why: 'a folder that is gone from the server',
      edit: ({ remote }) => {
        remote.mailbox('Other').create()
        remote.mailbox('INBOX').delete()
      },
      found: () => [
        { kind: 'folder', missingOn: 'remote' },
        { kind: 'folder', missingOn: 'local' },
      ],
    },
    {
      why: 'ids that lost their meaning',
      edit: ({ remote }) => remote.mailbox('INBOX').renewEpoch(),
      found: () => [{ kind: 'epoch', side: 'remote', was: '1', is: '2' }],
    },
  ])('tells of $why', async ({ edit, found }) => {
    const given = await synced()
    edit(given)
    const { differences } = await given.verifyNow()
    expect(differences).toHaveLength(found(given).length)
    expect(differences).toEqual(expect.arrayContaining(found(given)))
  })

  it('takes what the rules and the window leave for no difference', async () => {
    const { verifyNow, remote, local, pairs } = await synced()
    const since = new Date('2026-01-01')
    const window = { local: {}, remote: { since } }
    remote.mailbox('INBOX').add({ bytes: 'Subject: old\r\n\r\n', receivedAt: new Date('2020-01-01') })
    remote.mailbox('INBOX').add({ bytes: 'Subject: ignored\r\n\r\n', receivedAt: since })
    local.mailbox('INBOX').remove(at(pairs, first).local)
    local.mailbox('INBOX').setFlags(at(pairs, second).local, ['\\Seen'])
    const rules = {
      local: { readOnly: false, createFolders: true, syncDeletes: true },
      remote: { readOnly: true, createFolders: true, syncDeletes: true },
    }
    const ignored: VerifyRequest['ignored'] = async (_, side) => new Set(side === 'remote' ? ['5' as MessageId] : [])
    const { folders } = await verifyNow({ window, rules, ignored })
    expect(folders).toMatchObject([{ differences: [], counts: { left: 4 } }])
  })

  describe('with deep', () => {
    const mail = 'Subject: one\r\nX-Copy: a\r\n\r\nbody\r\n'
    it.each<{ why: string; other: string; found: object[]; altered?: number }>([
      {
        why: 'an octet of the body',
        other: mail.replace('body', 'bOdy'),
        found: [{ sizes: { local: 33, remote: 33 } }],
      },
      {
        why: 'a header alone, and its name',
        other: mail.replace(': a', ': bb'),
        found: [{ onlyInHeaders: ['x-copy'] }],
      },
      {
        why: 'a header that only one has',
        other: mail.replace(/X-Copy.*\r\n/, ''),
        found: [{ onlyInHeaders: ['x-copy'] }],
      },
      { why: 'a message that is cut off', other: mail.slice(0, -4), found: [{ sizes: { local: 29, remote: 33 } }] },
      { why: 'but not an end of the last line (Courier)', other: mail.slice(0, -2), found: [], altered: 1 },
    ])('tells of $why', async ({ other, found, altered = 0 }) => {
      const { verifyNow, local, remote, status } = await synced([])
      const pair = { local: local.mailbox('INBOX').add(other), remote: remote.mailbox('INBOX').add(mail) }
      status.folder(inbox).commit({ put: [{ ...pair, flags: noFlags }] })
      const { folders } = await verifyNow({ deep: sha256 })
      const differences = found.map((difference) => ({ kind: 'octets', ids: pair, ...difference }))
      expect(folders).toMatchObject([{ differences, counts: { compared: 1, altered } }])
    })

    it('does not take the octets that Cyrus munges for a difference', async () => {
      const { verifyNow, local, remote, status } = await synced([])
      const original = Buffer.from('Subject: gr\xfc\xdfe\r\n\r\nhello\r\n', 'latin1')
      const munged = Buffer.from('Subject: grXXe\r\n\r\nhello\r\n', 'latin1')
      const pair = { local: local.mailbox('INBOX').add(original), remote: remote.mailbox('INBOX').add(munged) }
      status.folder(inbox).commit({ put: [{ ...pair, flags: noFlags }] })
      expect(await verifyNow({ deep: sha256 })).toMatchObject({
        folders: [{ differences: [], counts: { altered: 1 } }],
      })
    })

    it('tells of a message that cannot be read, and compares its neighbours', async () => {
      const given = await synced()
      const broken = at(given.pairs, first).remote
      const remote = createMemoryRepository(
        { INBOX: mails(3) },
        { refuseRead: (id) => (id === broken ? new Error('rotten') : undefined) },
      )
      const { folders } = await given.verifyNow({ deep: sha256, remote })
      expect(folders).toMatchObject([
        {
          differences: [{ kind: 'unreadable', side: 'remote', error: { message: 'rotten' } }],
          counts: { compared: 2 },
        },
      ])
    })

    it('compares messages that are only streamed', async () => {
      const big = `Subject: big\r\n\r\n${'0123456789abcde\n'.repeat(200_000)}`
      const { verifyNow, local, pairs } = await synced([big])
      expect(await verifyNow({ deep: sha256 })).toMatchObject({ differences: [] })
      const flipped = replace(big, /abcde\n$/, 'abcdX\n')
      const put = { ...at(pairs, first), local: local.mailbox('INBOX').add(flipped) }
      const { status } = await synced([])
      status.folder(inbox).commit({ put: [put] })
      const { differences } = await verifyNow({ deep: sha256, status })
      expect(differences).toContainEqual(expect.objectContaining({ kind: 'octets', ids: idsOf(put) }))
    })
  })

  describe('with repair', () => {
    /** What a repair is followed by: a sync that copies and removes nothing, after which nothing differs. */
    async function settles({ syncNow, verifyNow, local, remote }: Awaited<ReturnType<typeof synced>>, flagged = 0) {
      const { counts } = await syncNow()
      expect(counts.local).toMatchObject({ copied: 0, removed: 0 })
      expect(counts.remote).toMatchObject({ copied: 0, removed: 0 })
      expect(counts.local.flagged + counts.remote.flagged).toBe(flagged)
      expect(await verifyNow({ deep: sha256 })).toMatchObject({ differences: [], failures: 0 })
      return [local, remote].map((side) => side.mailbox('INBOX').list().length)
    }

    it('writes nothing where nothing differs', async () => {
      const { verifyNow, status } = await synced()
      const frozen = { ...status, folder: readOnlyFolder(status) }
      const { folders } = await verifyNow({ repair: true, deep: sha256, status: frozen })
      expect(folders).toEqual([expect.not.objectContaining({ repairs: expect.anything() })])
    })

    it('forgets a pair that is gone on both sides', async () => {
      const given = await synced()
      given.local.mailbox('INBOX').remove(at(given.pairs, first).local)
      given.remote.mailbox('INBOX').remove(at(given.pairs, first).remote)
      const { folders } = await given.verifyNow({ repair: true })
      expect(folders).toMatchObject([{ repairs: { forgotten: 1, paired: 0, reset: false } }])
      expect(given.status.messageCount).toBe(2)
      expect(await settles(given)).toEqual([2, 2])
    })

    it('lets the next sync find a pair that the store lost, so that nothing is doubled', async () => {
      const given = await synced()
      given.status.folder(inbox).commit({ drop: [at(given.pairs, first)] })
      expect(await given.verifyNow({ repair: true })).toMatchObject({
        folders: [{ repairs: { forgotten: 0, paired: 0, reset: true } }],
      })
      expect(await settles(given)).toEqual([3, 3])
    })

    it('pairs a message anew that got another id', async () => {
      const receivedAt = new Date('2026-01-02T03:04:05Z')
      const given = await synced(mails(3).map((text) => ({ bytes: String(text), receivedAt })))
      const { local } = at(given.pairs, first)
      const mailbox = given.local.mailbox('INBOX')
      const bytes = mailbox.list().find(({ id }) => id === local)?.bytes ?? ''
      mailbox.remove(local)
      const id = mailbox.add({ bytes, receivedAt })
      expect(await given.verifyNow({ repair: true })).toMatchObject({
        folders: [{ repairs: { paired: 1, reset: true } }],
      })
      expect(given.status.folder(inbox).pair('local', id)?.remote).toBe(at(given.pairs, first).remote)
      expect(await settles(given)).toEqual([3, 3])
    })

    it('uncrosses pairs that were crossed', async () => {
      const given = await synced()
      const [a, b] = [at(given.pairs, first), at(given.pairs, second)]
      given.remote.mailbox('INBOX').setFlags(a.remote, ['\\Seen'])
      await given.syncNow()
      given.status.folder(inbox).commit({
        drop: [a, b],
        put: [
          { ...a, remote: b.remote },
          { ...b, remote: a.remote },
        ],
      })
      const { folders } = await given.verifyNow({ repair: true, deep: sha256 })
      expect(folders).toMatchObject([{ repairs: { forgotten: 0, paired: 2, reset: true } }])
      expect(await settles(given)).toEqual([3, 3])
    })

    it('leaves a pair alone of which a message was altered in its place', async () => {
      const given = await synced([])
      const pair = {
        local: given.local.mailbox('INBOX').add('Subject: a\r\n\r\nbOdy\r\n'),
        remote: given.remote.mailbox('INBOX').add('Subject: a\r\n\r\nbody\r\n'),
        flags: noFlags,
      }
      given.status.folder(inbox).commit({ put: [pair] })
      const { folders } = await given.verifyNow({ repair: true, deep: sha256 })
      expect(folders[0]?.differences).toMatchObject([{ kind: 'octets' }])
      expect([...given.status.folder(inbox).pairs()]).toEqual([pair])
    })

    it('counts the pairs anew where their number is wrong, by which a message that is gone was overlooked', async () => {
      const given = await synced()
      const status = miscounting(given.status, -1)
      given.local.mailbox('INBOX').remove(at(given.pairs, first).local)
      const { folders } = await given.verifyNow({ repair: true, status })
      expect(folders).toMatchObject([
        {
          counts: { pairs: 3 },
          differences: [
            { kind: 'miscounted', noted: 2, pairs: 3 },
            { kind: 'gone', from: 'local' },
          ],
          repairs: { recounted: true, reset: true },
        },
      ])
      expect([...given.status.folder(inbox).pairs()]).toEqual(given.pairs)
    })

    it('leaves a folder alone whose ids lost their meaning', async () => {
      const given = await synced()
      given.remote.mailbox('INBOX').renewEpoch()
      const { folders } = await given.verifyNow({ repair: true, deep: sha256 })
      expect(folders).toEqual([expect.not.objectContaining({ repairs: expect.anything() })])
      expect([...given.status.folder(inbox).pairs()]).toEqual(given.pairs)
    })
  })

  it('goes on with other folders when one cannot be looked at', async () => {
    const given = await synced()
    given.remote.mailbox('Other').create()
    given.local.mailbox('Other').create()
    const remote: MemoryRepository = {
      ...given.remote,
      open: (path, ...rest) =>
        path === 'INBOX' ? Promise.reject(new Error('not now')) : given.remote.open(path, ...rest),
    }
    const { folders, failures } = await given.verifyNow({ remote })
    expect(failures).toBe(1)
    expect(folders.map((folder) => folder.folders.remote)).toEqual(['Other'])
    expect(given.events).toContainEqual(expect.objectContaining({ type: 'failed', folders: inbox }))
  })

  it('refuses a store that is not mounted', async () => {
    const local = createMemoryRepository({ INBOX: [] }, { carriesMark: true })
    const remote = createMemoryRepository({ INBOX: mails(1) })
    const status = createMemoryStatus()
    await sync({ account: 'test', local, remote, status, emit: () => {} })
    local.unmount()
    const events: VerifyEvent[] = []
    const report = await verify({ account: 'test', local, remote, status, emit: (event) => events.push(event) })
    expect(report).toEqual({ folders: [], failures: 1 })
    expect(events).toMatchObject([{ type: 'failed', error: { code: 'engine/store-missing' } }])
  })
})

/** A status whose folders note a wrong number of pairs. */
function miscounting(status: StatusStore, by: number): StatusStore {
  return {
    ...status,
    folder(folders) {
      const folder = status.folder(folders)
      return {
        ...folder,
        get count() {
          return folder.count + by
        },
        get cursors() {
          return folder.cursors
        },
      }
    },
  }
}

function readOnlyFolder(status: StatusStore): StatusStore['folder'] {
  const refuse = () => expect.fail('the status is written')
  return (folders) => {
    const folder = status.folder(folders)
    return {
      get count() {
        return folder.count
      },
      get cursors() {
        return folder.cursors
      },
      pair: folder.pair,
      pairs: folder.pairs,
      intents: folder.intents,
      intend: refuse,
      commit: refuse,
      reset: refuse,
    }
  }
}
