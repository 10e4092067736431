import { existsSync } from 'node:fs'
import type { AccountConfig, ImapConfig, MaildirConfig } from '@mailtide/config'
import { asMailtideError, type FolderPath, type FolderSurvey, type Repository, segmentsOf } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { repositoryContext } from './open-account.ts'
import { prepare } from './prepare.ts'
import { createLocal, createRemote } from './repositories.ts'
import { listenToSignals } from './signals.ts'
import type { Surroundings } from './surroundings.ts'

/** Shows each account's repositories and folders, remote first, as OfflineIMAP does; syncs nothing. */
export async function infoCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings, 'ttyui')
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output } = prepared
  const signals = listenToSignals()
  let code: number = exitCodes.done
  for (const account of accounts) {
    const run = { account, general, flags, output, signals }
    const show = (text: string) => output.show({ level: 'info', text })
    show(`Account: ${account.name}`)
    for (const part of [showRemote, showLocal]) {
      try {
        await part(run, show)
      } catch (thrown) {
        const error = asMailtideError(thrown, 'account')
        const showStack = flags.trace.length > 0
        for (const line of errorLines(error, { where: `account ${account.name}`, showStack })) output.show(line)
        code = exitCodes.failed
      }
    }
  }
  signals.close()
  output.close()
  return code
}

async function showRemote(run: AccountRun, show: (text: string) => void): Promise<void> {
  const { account } = run
  for (const line of describeImap(account.remote)) show(line)
  let capabilities = ''
  const context = repositoryContext(run, false)
  const traceImap = (line: string) => {
    capabilities = /\bCAPABILITY ([^\]\r\n]+)/.exec(line)?.[1] ?? capabilities
    context.traceImap?.(line)
  }
  const remote = await createRemote(account.remote, { ...context, traceImap })
  await closing(remote, async () => {
    const folders = await remote.survey(new Map(), run.signals.stop)
    show(`  Capabilities: ${capabilities === '' ? '(none told)' : capabilities}`)
    showFolders(run, remote, folders, show)
  })
}

async function showLocal(run: AccountRun, show: (text: string) => void): Promise<void> {
  const { account, signals } = run
  for (const line of describeMaildir(account.local)) show(line)
  const local = await createLocal(account.local, repositoryContext(run, false))
  await closing(local, async () => {
    if (!existsSync(account.local.root)) return show('  Folders: none, it is not there yet')
    showFolders(run, local, await local.survey(new Map(), signals.stop), show)
  })
}

async function closing(repository: Repository, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } finally {
    await repository.close()
  }
}

function describeImap({ name, type, host, port, encryption, user, readOnly }: ImapConfig): string[] {
  const encryptions = { tls: 'TLS', starttls: 'STARTTLS', none: 'none: everything goes in clear text' }
  return [
    `Remote repository '${name}': type '${type}'${readOnly ? ', read-only' : ''}`,
    `  Host: ${host} Port: ${port} User: ${user}`,
    `  Encryption: ${encryptions[encryption]}`,
  ]
}

function describeMaildir({ name, type, root, separator, readOnly }: MaildirConfig): string[] {
  return [
    `Local repository '${name}': type '${type}'${readOnly ? ', read-only' : ''}`,
    `  Root: ${root} Separator: ${separator}`,
  ]
}

/** One line a folder: its name as `-f` takes it, its directory if that is another, `(disabled)` if `-f` leaves it out. */
function showFolders(
  { account, flags }: AccountRun,
  { separator }: Repository,
  folders: readonly FolderSurvey[],
  show: (text: string) => void,
) {
  show('  Folders:')
  for (const { path } of folders.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = segmentsOf(path).join(separator || '/')
    const isDisabled = flags.folders && !flags.folders.includes(name)
    show(`    ${shownFolder(account, path)}${isDisabled ? ' (disabled)' : ''}`)
  }
}

function shownFolder(account: AccountConfig, path: FolderPath): string {
  const readable = namesOf(account).folderName(path)
  if (path === '') return readable
  const directory = segmentsOf(path).join(account.local.separator)
  return `${path}${readable === path ? '' : ` (${readable})`}${directory === path ? '' : ` -> ${directory}`}`
}
