import { type FolderPath, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import {
  belowInbox,
  type CourierServer,
  courierAvailability,
  describeBackend,
  pathBelowInbox,
  startCourier,
} from '@mailtide/testing'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import { createTestBackend, nulReason } from './testing/imap-backend.ts'

const servers: readonly { readonly name: string; readonly without: readonly string[] }[] = [
  { name: 'Courier', without: [] },
  { name: 'Courier without UIDPLUS', without: ['UIDPLUS'] },
]

for (const { name, without } of servers) {
  let server: Promise<CourierServer> | undefined
  let users = 0
  afterAll(async () => (await server)?.close())
  describeBackend(`backend-imap on ${name}`, {
    availability: courierAvailability,
    async create() {
      server ??= startCourier({ without })
      const courier = await server
      const user = `user${++users}`
      await courier.addUser(user, 'secret')
      const backend = createTestBackend({
        host: courier.host,
        port: courier.port,
        user,
        password: () => 'secret',
        encryption: 'none',
        folderNames: 'utf-8',
        connections: 4,
      })
      return {
        repository: belowInbox(backend.repository),
        add: (path, mail) => backend.add(pathBelowInbox(path), mail),
        setFlags: (path, id, flags) => backend.setFlags(pathBelowInbox(path), id, flags),
        remove: (path, id) => backend.remove(pathBelowInbox(path), id),
        close: backend.close,
      }
    },
    lacks: {
      nul: nulReason,
      'open-end': 'Courier ends the last line of a message where it has no end',
      'empty-message': 'Courier ends the last line of a message where it has no end',
      epochs: 'Courier has no command for it',
      'folders-above': 'servers list what they needed above a folder as no folder',
      'removable-root': 'an account has no root to be taken away',
      'telling-unchanged': 'without CONDSTORE flags may always have changed',
    },
    refusesName(segment) {
      if (segment.includes('.')) return '. parts folders on this server'
      return segment === '~' || segment.includes('/') ? 'Courier refuses this name' : undefined
    },
    runs: 8,
  })
}

describe('backend-imap on Courier', () => {
  it('finds a message again whose last line Courier ended, and takes no other for it', async (test) => {
    const available = await courierAvailability()
    if (!available.ok) return test.skip(available.reason)
    const server = await startCourier()
    onTestFinished(() => server.close())
    await server.addUser('bob', 'secret')
    const { host, port } = server
    const login = { host, port, user: 'bob', password: () => 'secret', encryption: 'none' } as const
    const repository = createImapRepository({ ...login, wait: async () => {} })
    onTestFinished(() => repository.close())
    const { signal } = new AbortController()
    const path = 'INBOX/Work' as FolderPath
    await repository.createFolder(path, signal)
    const folder = await repository.open(path, 'select', signal)
    const message = {
      id: messageId('1'),
      flags: noFlags,
      body: bodyOf(Buffer.from('Subject: open\r\n\r\nno end', 'latin1')),
    }
    const other = { ...message, body: bodyOf(Buffer.from('Subject: other\r\n\r\n')) }
    const [token = '', lost = ''] = await folder.prepare([message, other], signal)
    const [outcome] = await folder.append([{ ...message, token }], signal)
    const nothing = { count: 0, has: () => false, ids: () => [] }
    expect(
      new Map([...(await folder.locate([lost, token], nothing, signal))].map(([found, id]) => [found, { id }])),
    ).toEqual(new Map([[token, outcome]]))
  })
})
