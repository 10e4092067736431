import { setTimeout as pause } from 'node:timers/promises'
import type { FolderPath, MessageId } from '@mailtide/contracts'
import { bodyOf } from '@mailtide/message-bytes'
import type { BackendUnderTest } from '@mailtide/testing'
import { createImapRepository } from '../index.ts'
import type { ImapOptions } from '../options.ts'

/** Why the suite's message with octets of value 0 is left out. */
export const nulReason = 'IMAP literals hold no octets of value 0: such a message is refused, or handed out with 0x80'

const signal = new AbortController().signal

/** A repository for the shared suite; what others do goes over a second one. */
export function createTestBackend(options: ImapOptions, close?: () => Promise<void>): BackendUnderTest {
  const repository = createImapRepository({
    ...options,
    watching: { idleConnections: 2, pollSeconds: 1 },
    // Second looks come at once; whoever idles really waits.
    wait: (time, signal) => (time < 1500 ? Promise.resolve() : pause(time, undefined, { signal })),
  })
  const other = createImapRepository({ ...options, connections: 1 })
  const inFolder = async <T>(
    path: FolderPath,
    work: (folder: Awaited<ReturnType<typeof other.open>>) => Promise<T>,
  ) => {
    const folder = await other.open(path, 'select', signal)
    try {
      return await work(folder)
    } finally {
      await folder.close()
    }
  }
  return {
    repository,
    add: (path, { bytes, flags, receivedAt }) =>
      inFolder(path, async (folder) => {
        const message = { id: '' as MessageId, flags, receivedAt, body: bodyOf(bytes) }
        const [token = ''] = await folder.prepare([message], signal)
        const [outcome] = await folder.append([{ ...message, token }], signal)
        if (outcome && 'error' in outcome) throw outcome.error
      }),
    setFlags: (path, id, flags) =>
      inFolder(path, async (folder) => {
        const drop = new Set(['\\Seen', '\\Answered', '\\Flagged', '\\Draft', '\\Deleted']).difference(flags)
        await folder.changeFlags([{ ids: [id], add: flags, drop }], signal)
      }),
    remove: (path, id) => inFolder(path, (folder) => folder.remove([id], signal)),
    async close() {
      await repository.close()
      await other.close()
      await close?.()
    },
  }
}
