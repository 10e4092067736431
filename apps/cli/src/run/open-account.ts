import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FolderPath, Repository, StatusStore } from '@mailtide/contracts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { createLocal, createRemote, type RepositoryContext } from './repositories.ts'
import { resolveServer } from './resolve-server.ts'

/** Everything that a sync of one account works with. */
export interface OpenAccount {
  readonly local: Repository
  readonly remote: Repository
  readonly status: StatusStore
  /** Gives everything back, the lock last. */
  close(): Promise<void>
}

/** How an account is opened. */
export interface OpenOptions {
  readonly quick: boolean
  /** A local folder's name after nametrans, where that is known. */
  visibleName(path: FolderPath): string | undefined
}

/** Takes an account's lock and opens its status and its two ends. A dry run takes no lock and writes no file. */
export async function openAccount(run: AccountRun, { quick, visibleName }: OpenOptions): Promise<OpenAccount> {
  const closing: (() => void | Promise<void>)[] = []
  async function close(): Promise<void> {
    for (const step of closing.splice(0).toReversed()) await step()
  }
  try {
    const status = await openStatusOf(run, closing)
    const found = await createLocal(run.account.local, repositoryContext(run, quick), visibleName)
    closing.push(() => found.close())
    const isToBeMade = run.general.dryRun && status.messageCount === 0 && !existsSync(run.account.local.root)
    const local = isToBeMade ? { ...found, survey: async () => [] } : found
    const remote = await openRemote(run, quick)
    closing.push(() => remote.close())
    return { local, remote, status, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The IMAP end of an account, with what the rc file leaves to Python evaluated. Connects to nothing yet. */
export async function openRemote(run: AccountRun, quick: boolean): Promise<Repository> {
  const { account, evaluator, login, signals } = run
  const server = await resolveServer(account.remote, evaluator, login, signals.stop)
  return createRemote(server, login, repositoryContext(run, quick))
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
    proxy: account.proxy,
    warn: (text) => output.show({ level: 'warning', text, speaker }),
    ...(flags.trace.includes('imap')
      ? { traceImap: (line) => output.show({ level: 'debug', text: `[imap]: ${line}`, speaker }) }
      : {}),
  }
}
