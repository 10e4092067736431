import { type FolderPath, messageId, noFlags } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import { type CyrusOptions, type CyrusServer, cyrusAvailability, describeBackend, startCyrus } from '@mailtide/testing'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createImapRepository } from './index.ts'
import { createTestBackend, nulReason } from './testing/imap-backend.ts'

const withoutExtensions = [
  'QRESYNC',
  'CONDSTORE',
  'ENABLE',
  'UIDPLUS',
  'LITERAL+',
  'LIST-STATUS',
  'LIST-EXTENDED',
].concat(['ESEARCH', 'ESORT', 'SASL-IR', 'ID', 'BINARY', 'MOVE', 'MULTIAPPEND', 'UNSELECT'])

const servers: readonly {
  readonly name: string
  readonly options: Required<Pick<CyrusOptions, 'without' | 'separator'>>
}[] = [
  { name: 'Cyrus', options: { without: [], separator: '/' } },
  { name: 'Cyrus without extensions, parted by dots', options: { without: withoutExtensions, separator: '.' } },
]

for (const { name, options } of servers) {
  let server: Promise<CyrusServer> | undefined
  let users = 0
  afterAll(async () => (await server)?.close())
  describeBackend(`backend-imap on ${name}`, {
    availability: cyrusAvailability,
    async create() {
      server ??= startCyrus(options)
      const cyrus = await server
      const user = `user${++users}`
      await cyrus.addUser(user, 'secret')
      return createTestBackend({
        host: cyrus.host,
        port: cyrus.port,
        user,
        password: () => 'secret',
        encryption: 'none',
        folderNames: 'utf-8',
        connections: 4,
      })
    },
    lacks: {
      nul: nulReason,
      'empty-message': 'Cyrus refuses a message of no octets',
      headless: 'Cyrus refuses what begins with no header field',
      'great-ids': 'Cyrus takes a set of UIDs that names one beyond 2^31 for empty',
      'seeing-removals': 'Cyrus hands out what others removed until it has told of it (RFC 2180, 4.1.1)',
      epochs: 'Cyrus has no command for it',
      'folders-above': 'servers list what they needed above a folder as no folder',
      'removable-root': 'an account has no root to be taken away',
      ...(options.without.includes('CONDSTORE') && {
        'telling-unchanged': 'without CONDSTORE flags may always have changed',
      }),
    },
    refusesName(segment) {
      if (segment.includes(options.separator)) return `${options.separator} parts folders on this server`
      return /[%"\\{/]/.test(segment) ? 'Cyrus refuses this name' : undefined
    },
    runs: 8,
  })
}

describe('backend-imap on Cyrus', () => {
  it('finds a message again whose header Cyrus wrote anew, and takes no other for it', async (test) => {
    const available = await cyrusAvailability()
    if (!available.ok) return test.skip(available.reason)
    const server = await startCyrus({ settings: 'munge8bit: yes' })
    onTestFinished(() => server.close())
    await server.addUser('bob', 'secret')
    const { host, port } = server
    const login = { host, port, user: 'bob', password: () => 'secret', encryption: 'none' } as const
    const repository = createImapRepository({ ...login, wait: async () => {} })
    onTestFinished(() => repository.close())
    const { signal } = new AbortController()
    const path = 'Work' as FolderPath
    await repository.createFolder(path, signal)
    const folder = await repository.open(path, 'select', signal)
    const message = {
      id: messageId('1'),
      flags: noFlags,
      body: bodyOf(Buffer.from('Subject: gr\xfc\xdfe\r\n\r\nb\xf6dy\r\n', 'latin1')),
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
