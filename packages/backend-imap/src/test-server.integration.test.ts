import { type Extension, startTestServer } from '@mailtide/test-server'
import { describeBackend } from '@mailtide/testing'
import { createTestBackend, nulReason } from './testing/imap-backend.ts'

const unchangedReason = 'without CONDSTORE flags may always have changed'

for (const { name, extensions, separator } of [
  { name: 'a server of all extensions', extensions: {}, separator: '/' },
  { name: 'a server without QRESYNC and NOTIFY', extensions: { QRESYNC: false, NOTIFY: false }, separator: '.' },
  { name: 'a server of no extensions', extensions: new Set<Extension>(), separator: '/' },
]) {
  describeBackend(`backend-imap on ${name}`, {
    async create() {
      const server = await startTestServer({ extensions, separator })
      const backend = createTestBackend(
        {
          host: server.host,
          port: server.port,
          user: 'demo',
          password: () => 'demo',
          encryption: 'none',
          folderNames: 'utf-8',
          connections: 4,
        },
        server.close,
      )
      return {
        ...backend,
        async renewEpoch(path) {
          server.account().folder(path).changeUidValidity()
          // The server ends the connections that have the folder open; the next to use one is told so.
          await Promise.allSettled([backend.repository.survey(new Map(), new AbortController().signal)])
        },
      }
    },
    lacks: {
      nul: nulReason,
      'folders-above': 'servers list what they needed above a folder as no folder',
      'removable-root': 'an account has no root to be taken away',
      ...(extensions instanceof Set && { 'telling-unchanged': unchangedReason, 'watching-flags': unchangedReason }),
    },
    refusesName: (segment) => (segment.includes(separator) ? `${separator} parts folders on this server` : undefined),
    runs: 8,
  })
}
