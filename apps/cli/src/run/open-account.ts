import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type AccountConfig, isMaildir } from '@mailtide/config'
import type { FolderPath, Repository, Side, StatusStore } from '@mailtide/contracts'
import { readIdleFolders } from '../daemon/idle-folders.ts'
import type { KeptAccount } from '../daemon/kept-account.ts'
import { offlineImapRuns } from '../errors.ts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { createServerKnowledge } from './profile.ts'
import { createImapEnd, createMaildirEnd, type RepositoryContext } from './repositories.ts'
import { resolveServer } from './resolve-server.ts'
import { tracedRepository } from './traced-repository.ts'

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
    const end = async (side: Side) => {
      if (run.kept) return openKeptEnd(run, run.kept, side, quick)
      const opened = await openEnd(run, side, { quick, visibleName })
      closing.push(() => opened.close())
      return opened
    }
    const found = await end('local')
    const isToBeMade = run.general.dryRun && status.messageCount === 0 && !isThere(run.account.local)
    const local = isToBeMade ? { ...found, survey: async () => [] } : found
    const remote = await end('remote')
    return { local, remote, status, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Whether there is something to look at before anything was made. */
export function isThere(config: AccountConfig['local']): boolean {
  return !isMaildir(config) || existsSync(config.root)
}

/** One end of an account that a daemon keeps from one sync to the next. */
export function openKeptEnd(run: AccountRun, kept: KeptAccount, side: Side, quick: boolean): Promise<Repository> {
  const visibleName = (path: FolderPath) => kept.pairing?.visibleName(path)
  const manner = quick && !isMaildir(run.account[side]) ? 'quick' : 'full'
  return kept.end(side, manner, () => openEnd(run, side, { quick, visibleName }))
}

/** One end of an account, with what the rc file leaves to Python evaluated. Connects to nothing yet. */
export async function openEnd(
  run: AccountRun,
  side: Side,
  options: Partial<OpenOptions> & { heard?(line: string): void } = {},
): Promise<Repository> {
  const { account, evaluator, logins, signals } = run
  const { quick = false, visibleName, heard } = options
  const config = account[side]
  const context = repositoryContext(run, quick, heard)
  if (isMaildir(config)) {
    const maildir = await createMaildirEnd(config, context, visibleName)
    return run.flags.trace.includes('maildir') ? tracedMaildir(run, maildir) : maildir
  }
  const login = side === 'local' && logins.local ? logins.local : logins.remote
  const server = await resolveServer(config, evaluator, login, signals.stop)
  const { host, maxConnections } = server
  const { single, utf8FolderNames, warn } = context
  run.servers[side] ??= createServerKnowledge({ host, maxConnections, single, utf8FolderNames, warn })
  const idleFolders = run.kept && (await readIdleFolders(config, evaluator))
  return createImapEnd(server, login, { ...context, ...(idleFolders && { idleFolders }) }, run.servers[side])
}

function tracedMaildir({ account, output }: AccountRun, maildir: Repository): Repository {
  const speaker = accountSpeaker(namesOf(account))
  const tell = (text: string) => output.show({ level: 'debug', text: `[maildir]: ${text}`, speaker })
  return tracedRepository(maildir, tell, () => performance.now())
}

async function openStatusOf(
  { account, general }: AccountRun,
  closing: (() => void | Promise<void>)[],
): Promise<StatusStore> {
  const { openStatus } = await import('@mailtide/status-sqlite')
  closing.push(await lockAccount({ account, general }))
  const status = openStatus({
    file: join(directoryOf({ account, general }), 'mailtide.sqlite'),
    durable: general.fsync,
    readOnly: general.dryRun,
  })
  closing.push(() => status.close())
  return status
}

/** Takes an account's lock and answers what gives it back. A dry run takes none. */
export async function lockAccount(run: Pick<AccountRun, 'account' | 'general'>): Promise<() => void> {
  const { account, general } = run
  await respectOfflineImap(general.metadata, account.name)
  if (general.dryRun) return () => undefined
  const { acquireLock, makeDirectories } = await import('@mailtide/durable-fs')
  await makeDirectories(directoryOf(run), { mode: 0o700, durable: general.fsync })
  const lock = acquireLock(join(directoryOf(run), 'mailtide.lock'))
  return () => lock.release()
}

function directoryOf({ account, general }: Pick<AccountRun, 'account' | 'general'>): string {
  return join(general.metadata, `Account-${account.name}`)
}

/** OfflineIMAP and mailtide must not work on an account at the same time. */
async function respectOfflineImap(metadata: string, account: string): Promise<void> {
  if (!existsSync(join(metadata, `${account}.lock`))) return
  const { offlineImapLock } = await import('@mailtide/offlineimap-state')
  const lock = offlineImapLock(metadata, account)
  if (lock.state === 'held') throw offlineImapRuns(account, lock.processId)
}

/** `the server asks for patience: goes on at 14:05`, with seconds where it is soon. */
function patienceLine(until: Date): string {
  const isSoon = until.getTime() - Date.now() < 60_000
  const time = until.toTimeString().slice(0, isSoon ? 8 : 5)
  return `the server asks for patience: goes on at ${time}`
}

/** What the two ends of an account are made from. `heard` is told the lines of the protocol. */
function repositoryContext(
  { account, general, flags, output }: AccountRun,
  quick: boolean,
  heard?: (line: string) => void,
): RepositoryContext {
  const speaker = accountSpeaker(namesOf(account))
  const tracing = flags.trace.includes('imap')
  const traceImap = (line: string) => {
    heard?.(line)
    if (tracing) output.show({ level: 'debug', text: `[imap]: ${line}`, speaker })
  }
  return {
    fsync: general.fsync,
    socketTimeout: general.socketTimeout,
    utf8FolderNames: account.utf8FolderNames,
    quick,
    single: flags.single,
    labels: account.labels,
    proxy: account.proxy,
    warn: (text) => output.show({ level: 'warning', text, speaker }),
    paused: (until) => output.show({ level: 'info', text: patienceLine(until), speaker }),
    ...((tracing || heard) && { traceImap }),
  }
}
