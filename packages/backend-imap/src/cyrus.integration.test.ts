import { type CyrusOptions, type CyrusServer, cyrusAvailability, describeBackend, startCyrus } from '@mailtide/testing'
import { afterAll } from 'vitest'
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
