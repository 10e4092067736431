import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Repository, StatusStore } from '@mailtide/contracts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { createLocal, createRemote, type RepositoryContext } from './repositories.ts'

/** Everything that a sync of one account works with. */
export interface OpenAccount {
  readonly local: Repository
  readonly remote: Repository
  readonly status: StatusStore
  /** Gives everything back, the lock last. */
  close(): Promise<void>
}

/** Takes an account's lock and opens its status and its two ends. A dry run takes no lock and writes no file. */
export async function openAccount(run: AccountRun, quick: boolean): Promise<OpenAccount> {
  const closing: (() => void | Promise<void>)[] = []
  async function close(): Promise<void> {
    for (const step of closing.splice(0).toReversed()) await step()
  }
  try {
    const status = await openStatusOf(run, closing)
    const context = repositoryContext(run, quick)
    const found = await createLocal(run.account.local, context)
    closing.push(() => found.close())
    const isToBeMade = run.general.dryRun && status.messageCount === 0 && !existsSync(run.account.local.root)
    const local = isToBeMade ? { ...found, survey: async () => [] } : found
    const remote = await createRemote(run.account.remote, context)
    closing.push(() => remote.close())
    return { local, remote, status, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openStatusOf(
  { account, general }: AccountRun,
  closing: (() => void | Promise<void>)[],
): Promise<StatusStore> {
  const [{ acquireLock, makeDirectories }, { openStatus }] = await Promise.all([
    import('@mailtide/durable-fs'),
    import('@mailtide/status-sqlite'),
  ])
  const directory = join(general.metadata, `Account-${account.name}`)
  if (!general.dryRun) {
    await makeDirectories(directory, { mode: 0o700, durable: general.fsync })
    const lock = acquireLock(join(directory, 'mailtide.lock'))
    closing.push(() => lock.release())
  }
  const status = openStatus({
    file: join(directory, 'mailtide.sqlite'),
    durable: general.fsync,
    readOnly: general.dryRun,
  })
  closing.push(() => status.close())
  return status
}

/** What the two ends of an account are made from. */
export function repositoryContext({ account, general, flags, output }: AccountRun, quick: boolean): RepositoryContext {
  const speaker = accountSpeaker(namesOf(account))
  return {
    fsync: general.fsync,
    socketTimeout: general.socketTimeout,
    utf8FolderNames: account.utf8FolderNames,
    quick,
    single: flags.single,
    warn: (text) => output.show({ level: 'warning', text, speaker }),
    ...(flags.trace.includes('imap')
      ? { traceImap: (line) => output.show({ level: 'debug', text: `[imap]: ${line}`, speaker }) }
      : {}),
  }
}
