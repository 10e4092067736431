import { type DovecotServer, describeBackend, dovecotAvailability, startDovecot } from '@mailtide/testing'
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
].concat(['ESEARCH', 'ESORT', 'SEARCHRES', 'CONTEXT=SEARCH', 'SASL-IR', 'ID', 'BINARY', 'MOVE', 'NOTIFY'])

const servers: readonly { name: string; without: readonly string[]; separator: '.' | '/' }[] = [
  { name: 'Dovecot', without: [], separator: '/' },
  { name: 'Dovecot without extensions, parted by dots', without: withoutExtensions, separator: '.' },
]

for (const { name, without, separator } of servers) {
  let server: Promise<DovecotServer> | undefined
  let users = 0
  afterAll(async () => (await server)?.close())
  describeBackend(`backend-imap on ${name}`, {
    availability: dovecotAvailability,
    async create() {
      server ??= startDovecot({ without })
      const dovecot = await server
      const user = `user${++users}`
      await dovecot.addUser(user, 'secret', { separator })
      return createTestBackend({
        host: dovecot.host,
        port: dovecot.port,
        user,
        password: () => 'secret',
        encryption: 'none',
        folderNames: 'utf-8',
        connections: 4,
      })
    },
    lacks: {
      nul: nulReason,
      'empty-message': 'Dovecot refuses a message of no octets',
      epochs: 'Dovecot has no command for it',
      'folders-above': 'servers list what they needed above a folder as no folder',
      'removable-root': 'an account has no root to be taken away',
      ...(without.includes('CONDSTORE') && { 'telling-unchanged': 'without CONDSTORE flags may always have changed' }),
    },
    refusesName(segment) {
      if (segment.includes(separator)) return `${separator} parts folders on this server`
      if (segment === '~' || segment.includes('/')) return 'Dovecot refuses this name'
      return undefined
    },
    runs: 8,
  })
}
