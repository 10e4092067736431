import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { createMaildirRepository } from '@mailtide/backend-maildir'
import type { Repository } from '@mailtide/contracts'
import { type SyncRequest, sync } from '@mailtide/engine'
import { describeStep } from '@mailtide/planner'
import { openStatus } from '@mailtide/status-sqlite'
import { createKnife, type LawSide, type LawWorld } from '@mailtide/testing'
import { createMaildirSide } from './maildir-side.ts'
import { createRepositorySide } from './repository-side.ts'

/** An empty account on a mail server. */
export interface ServerAccount {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** How its folders are shown; as the server names them unless told. */
  readonly shown?: ((repository: Repository) => Repository) | undefined
  /** What the server makes of a message's bytes; nothing unless told. All mail arrives in this form. */
  readonly stored?: ((bytes: Uint8Array) => Uint8Array) | undefined
}

/** A Maildir, a status in SQLite and an account on a mail server. A cut ends the run after so many effects. */
export async function createMailServerWorld(directory: string, account: ServerAccount): Promise<LawWorld> {
  const root = join(directory, 'mail')
  const file = join(directory, 'status.sqlite')
  const knife = createKnife()
  const client = openAccount(1)
  let window: SyncRequest['window']

  function openAccount(connections: number): Repository {
    const { host, port, user, password, shown = (repository) => repository } = account
    const login = { host, port, user, password: () => password, encryption: 'none', folderNames: 'utf-8' } as const
    return shown(createImapRepository({ ...login, timeout: 20, connections, wait: async () => {} }))
  }

  function asStored(side: LawSide): LawSide {
    const { stored } = account
    if (!stored) return side
    return { ...side, add: (folder, mail) => side.add(folder, { ...mail, bytes: stored(mail.bytes) }) }
  }

  async function run(dryRun: boolean, planned: string[] = []): Promise<unknown[]> {
    const failures: unknown[] = []
    const status = openStatus({ file, durable: false, readOnly: dryRun })
    const local = createMaildirRepository({ root, separator: '.', durable: false })
    const remote = openAccount(2)
    try {
      await sync({
        account: 'law',
        local: knife.repository(local),
        remote: knife.repository(remote),
        status: knife.status(status),
        dryRun,
        deletionLimits: 'none',
        ...(window && { window }),
        emit(event) {
          if (event.type === 'step-planned') planned.push(describeStep(event.step))
          if (event.type === 'failed') failures.push(event.error)
        },
      })
    } catch (error) {
      failures.push(error)
    } finally {
      await remote.close()
      await local.close()
      status.close()
    }
    return failures
  }

  const world = {
    sides: { local: asStored(createMaildirSide(root)), remote: asStored(createRepositorySide(client)) },
    setWindow(next: SyncRequest['window']) {
      window = next
    },
    async sync(cutAfter?: number) {
      knife.arm(cutAfter)
      const [failure] = await run(false)
      knife.arm(undefined)
      if (failure && cutAfter === undefined) throw new Error('a whole run failed', { cause: failure })
    },
    async planned() {
      const steps: string[] = []
      await run(true, steps)
      return steps
    },
    async close() {
      await client.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
  return world
}
