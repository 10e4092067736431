import { createMemoryRepository, type MemoryMail, type MemoryOptions } from '@mailtide/backend-memory'
import type { Side, SyncEvent } from '@mailtide/contracts'
import { createMemoryStatus } from '@mailtide/testing'
import { sync } from './sync.ts'
import type { SideRules, SyncRequest } from './sync-request.ts'

/** Everything is allowed. */
export const may: SideRules = { readOnly: false, createFolders: true, syncDeletes: true }

/** So many messages that differ. */
export function mails(count: number, tag = 'm'): MemoryMail[] {
  return Array.from({ length: count }, (_, n) => `Message-ID: <${tag}${n}@example.org>\r\n\r\n${tag} ${n}\r\n`)
}

/** The mail to begin with. */
export interface Given {
  readonly local?: Record<string, MemoryMail[]>
  readonly remote?: Record<string, MemoryMail[]>
  readonly options?: Partial<Record<Side, MemoryOptions>>
}

/** Two memory stores, a status, and a sync between them that notes its events. */
export function account({ local, remote, options }: Given = {}) {
  const repositories = {
    local: createMemoryRepository(local, options?.local),
    remote: createMemoryRepository(remote, options?.remote),
  }
  const status = createMemoryStatus()
  const events: SyncEvent[] = []
  return {
    ...repositories,
    status,
    events,
    run: (more: Partial<SyncRequest> = {}) => {
      events.length = 0
      return sync({ account: 'test', ...repositories, status, emit: (event) => events.push(event), ...more })
    },
    counts: (folder = 'INBOX') =>
      [repositories.local, repositories.remote].map((side) => side.mailbox(folder).list().length),
    failures: () => events.flatMap((event) => (event.type === 'failed' ? [event.error] : [])),
  }
}
