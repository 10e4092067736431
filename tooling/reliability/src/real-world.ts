import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createImapRepository } from '@mailtide/backend-imap'
import { createMaildirRepository } from '@mailtide/backend-maildir'
import { messageId } from '@mailtide/contracts'
import { type Inheritance, type InheritedMessage, type SyncRequest, sync } from '@mailtide/engine'
import { describeStep } from '@mailtide/planner'
import { openStatus } from '@mailtide/status-sqlite'
import { startTestServer, type TestServerOptions } from '@mailtide/test-server'
import { createKnife, type LawWorld } from '@mailtide/testing'
import { createMaildirSide } from './maildir-side.ts'
import { createServerSide, isLabelAlone } from './server-side.ts'

/** What the server is like, and whether labels are kept in step with it. */
export interface WorldOptions extends TestServerOptions {
  readonly hasLabels?: boolean
}

const labelsHeader = 'X-Keywords'
/** Gmail makes it of \Flagged: it would be news each time that a flag was set. */
const flagLabels: ReadonlySet<string> = new Set(['\\Starred'])

/**
 * A Maildir, a status in SQLite and a test server over a socket. A cut with an even number ends the run after half as many
 * effects; one with an odd number cuts the first connection after a number of octets sent or received.
 */
export async function createRealWorld(
  directory: string,
  { hasLabels = false, ...options }: WorldOptions = {},
): Promise<LawWorld> {
  const server = await startTestServer({ ...options, tls: 'none' })
  const root = join(directory, 'mail')
  const file = join(directory, 'status.sqlite')
  const knife = createKnife()
  let window: SyncRequest['window']
  const inherited = new Map<string, Inheritance & { readonly messages: InheritedMessage[] }>()
  const localSide = createMaildirSide(root, hasLabels ? labelsHeader : undefined)
  const kept = hasLabels ? { labels: { header: labelsHeader } } : {}

  async function run(dryRun: boolean, planned: string[] = []): Promise<unknown[]> {
    const failures: unknown[] = []
    const status = openStatus({ file, durable: false, readOnly: dryRun })
    const local = createMaildirRepository({ root, separator: '.', durable: false, ...kept })
    const { host, port } = server
    const login = { host, port, user: 'demo', password: () => 'demo', encryption: 'none' } as const
    const remote = createImapRepository({
      ...login,
      ...kept,
      timeout: 20,
      connections: 2,
      folderNames: 'utf-8',
      wait: async () => {},
    })
    try {
      await sync({
        account: 'law',
        local: knife.repository(local),
        remote: knife.repository(remote),
        status: knife.status(status),
        dryRun,
        deletionLimits: 'none',
        ...(window && { window }),
        ...(hasLabels && { labels: { ignored: flagLabels, keptAs: labelsHeader }, pairFolders: pairWithoutLabels }),
        inherit: async ({ remote: path }) => inherited.get(path),
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

  return {
    sides: { local: localSide, remote: createServerSide(server.account('demo'), hasLabels) },
    async inherit(path, mail) {
      const { bytes, flags, receivedAt } = mail
      const folder = server.account('demo').folder(path)
      const uid = folder.append(bytes, { flags, ...(receivedAt && { internalDate: receivedAt }) })
      await localSide.addNamed(path, mail, uid)
      const known = inherited.get(path) ?? { remoteEpoch: String(folder.uidValidity), messages: [] }
      known.messages.push({ remote: messageId(String(uid)), flags })
      inherited.set(path, known)
    },
    setWindow(next) {
      window = next
    },
    async sync(cutAfter) {
      if (cutAfter === undefined) {
        const [failure] = await run(false)
        if (failure) throw new Error('a whole run failed', { cause: failure })
        return
      }
      if (cutAfter % 2 === 0) knife.arm(cutAfter / 2)
      else if (cutAfter % 4 === 1) server.faults.add({ kind: 'cut', at: { received: 200 + cutAfter * 37 } })
      else server.faults.add({ kind: 'cut', at: { sent: 400 + cutAfter * 61 } })
      await run(false)
      knife.arm(undefined)
      server.faults.clear()
    },
    async planned() {
      const steps: string[] = []
      await run(true, steps)
      return steps
    },
    async close() {
      await server.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** The folders of the same name, but those that are there only because a message bears a label. */
const pairWithoutLabels: NonNullable<SyncRequest['pairFolders']> = async (listed) => {
  const [local, remote] = [new Set(listed.local), new Set(listed.remote.filter((path) => !isLabelAlone(path)))]
  const pairs = [...remote.union(local)].map((path) => {
    const folders = { local: path, remote: path }
    if (!local.has(path)) return { folders, missingOn: 'local' as const }
    return remote.has(path) ? { folders } : { folders, missingOn: 'remote' as const }
  })
  return { pairs, leftOut: [] }
}
