import { existsSync } from 'node:fs'
import type { Expression, ImapConfig, MaildirConfig } from '@mailtide/config'
import { asMailtideError, type Side } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { type AccountRun, createAccountRun, namesOf } from './account-run.ts'
import { closing, listRepository } from './list-folders.ts'
import { repositoryContext } from './open-account.ts'
import { prepare } from './prepare.ts'
import { createLocal, createRemote } from './repositories.ts'
import { resolveServer, type ServerConfig } from './resolve-server.ts'
import { listenToSignals } from './signals.ts'
import type { Surroundings } from './surroundings.ts'

/** Shows each account's repositories, their rules and folders, remote first, as OfflineIMAP does; syncs nothing. */
export async function infoCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings, 'ttyui')
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output, prompt } = prepared
  const signals = listenToSignals()
  let code: number = exitCodes.done
  for (const account of accounts) {
    const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
    const run = createAccountRun(account, { general, flags, output, signals, prompt }, evaluator)
    const show = (text: string) => output.show({ level: 'info', text })
    show(`Account: ${account.name}`)
    let separator = '/'
    const parts = [
      async () => {
        separator = await showRemote(run, show)
      },
      () => showLocal(run, separator, show),
    ]
    for (const part of parts) {
      try {
        await part()
      } catch (thrown) {
        const error = asMailtideError(thrown, 'account')
        const showStack = flags.trace.length > 0
        for (const line of errorLines(error, { where: `account ${account.name}`, showStack })) output.show(line)
        code = exitCodes.failed
      }
    }
    await evaluator.close()
  }
  signals.close()
  output.close()
  return code
}

/** Answers the server's separator. */
async function showRemote(run: AccountRun, show: (text: string) => void): Promise<string> {
  let capabilities = ''
  const server = await resolveServer(run.account.remote, run.evaluator, run.login, run.signals.stop)
  for (const line of describeImap(server)) show(line)
  const context = repositoryContext(run, false)
  const traceImap = (line: string) => {
    capabilities = /\bCAPABILITY ([^\]\r\n]+)/.exec(line)?.[1] ?? capabilities
    context.traceImap?.(line)
  }
  const remote = await createRemote(server, run.login, { ...context, traceImap })
  return closing(remote, async () => {
    const surveyed = await remote.survey(new Map(), run.signals.stop)
    show(`  Capabilities: ${capabilities === '' ? '(none told)' : capabilities}`)
    const separator = remote.separator ?? '/'
    await showFolders(run, 'remote', separator, surveyed, show)
    return separator
  })
}

async function showLocal(run: AccountRun, remoteSeparator: string, show: (text: string) => void): Promise<void> {
  const { account, signals } = run
  for (const line of describeMaildir(account.local)) show(line)
  const local = await createLocal(account.local, repositoryContext(run, false))
  await closing(local, async () => {
    if (!existsSync(account.local.root)) return show('  Folders: none, it is not there yet')
    await showFolders(run, 'local', remoteSeparator, await local.survey(new Map(), signals.stop), show)
  })
}

function describeImap(config: ServerConfig): string[] {
  const { name, type, host, port, encryption, user = '(told by the store of the password)', readOnly, tunnel } = config
  const encryptions = { tls: 'TLS', starttls: 'STARTTLS', none: 'none: everything goes in clear text' }
  return [
    `Remote repository '${name}': type '${type}'${readOnly ? ', read-only' : ''}`,
    tunnel ? `  Tunnel: ${tunnel.command}` : `  Host: ${host} Port: ${port} User: ${user}`,
    ...(tunnel?.preauthenticated ? [] : [`  Encryption: ${encryptions[encryption]}`]),
    ...describeRules(config),
  ]
}

function describeMaildir(config: MaildirConfig): string[] {
  const { name, type, root, separator, readOnly } = config
  return [
    `Local repository '${name}': type '${type}'${readOnly ? ', read-only' : ''}`,
    `  Root: ${root} Separator: ${separator}`,
    ...describeRules(config),
  ]
}

/** The rules of folders as they stand in the rc file. */
function describeRules({ folderFilter, folderIncludes, nameTranslation }: MaildirConfig | ImapConfig): string[] {
  const rules: readonly (Expression | undefined)[] = [folderFilter, folderIncludes, nameTranslation]
  return rules.flatMap((rule) => {
    const [first, ...rows] = rule?.text.trim().split('\n') ?? []
    return first === undefined ? [] : [`  ${rule?.option}: ${first}`, ...rows.map((row) => `    ${row}`)]
  })
}

/** One line a folder: its name as `-f` takes it, its name on the other side if that is another, `(disabled)`. */
async function showFolders(
  run: AccountRun,
  side: Side,
  remoteSeparator: string,
  surveyed: Parameters<typeof listRepository>[3],
  show: (text: string) => void,
): Promise<void> {
  const folders = await listRepository(run, side, remoteSeparator, surveyed)
  show('  Folders:')
  for (const { path, name, counterpart = '(no name there)', accepted } of folders) {
    const readable = namesOf(run.account).folderName(path)
    const isReadable = name === '' || readable === path
    const shown = name === '' ? readable : `${name}${isReadable ? '' : ` (${readable})`}`
    const translated = counterpart === name ? '' : ` -> ${counterpart === '' ? '(top folder)' : counterpart}`
    show(`    ${shown}${translated}${accepted ? '' : ' (disabled)'}`)
  }
}
