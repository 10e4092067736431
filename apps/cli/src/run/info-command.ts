import { type Expression, type ImapConfig, isMaildir, type MaildirConfig } from '@mailtide/config'
import { asMailtideError, type Side } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { type AccountRun, createAccountRun, namesOf } from './account-run.ts'
import { closing, listRepository } from './list-folders.ts'
import { isThere, openEnd } from './open-account.ts'
import { prepare } from './prepare.ts'
import { whyNoMail } from './profile.ts'
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
    const shown = { run, show, separators: await knownSeparators(run) }
    const parts = [() => showEnd(shown, 'remote'), () => showEnd(shown, 'local')]
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

/** What the ends of an account are shown with. */
interface Shown {
  readonly run: AccountRun
  readonly separators: Record<Side, string>
  show(text: string): void
}

/** The separators as far as they are known without the remote side; a local server has to be asked for its own. */
async function knownSeparators(run: AccountRun): Promise<Record<Side, string>> {
  const { local } = run.account
  if (isMaildir(local)) return { local: local.separator, remote: '/' }
  const end = await openEnd(run, 'local')
  return closing(end, async () => {
    try {
      await end.survey(new Map(), run.signals.stop)
      return { local: end.separator ?? '/', remote: '/' }
    } catch {
      // What fails here fails again, and is told, when this side is shown.
      return { local: '/', remote: '/' }
    }
  })
}

async function showEnd({ run, show, separators }: Shown, side: Side): Promise<void> {
  const { account, evaluator, logins, signals } = run
  const config = account[side]
  if (isMaildir(config)) {
    for (const line of describeMaildir(config)) show(line)
  } else {
    const login = side === 'local' && logins.local ? logins.local : logins.remote
    for (const line of describeImap(await resolveServer(config, evaluator, login, signals.stop), side)) show(line)
  }
  let capabilities = ''
  const heard = (line: string) => {
    capabilities = /\bCAPABILITY ([^\]\r\n]+)/.exec(line)?.[1] ?? capabilities
  }
  const end = await openEnd(run, side, { heard })
  await closing(end, async () => {
    if (side === 'local' && !isThere(account.local)) return show('  Folders: none, it is not there yet')
    const surveyed = await end.survey(new Map(), signals.stop)
    if (!isMaildir(config)) show(`  Capabilities: ${capabilities === '' ? '(none told)' : capabilities}`)
    separators[side] = end.separator ?? '/'
    await showFolders({ run, show, separators }, side, surveyed)
  })
}

function describeImap(config: ServerConfig, side: Side): string[] {
  const { name, type, host, port, encryption, user = '(told by the store of the password)', readOnly, tunnel } = config
  const encryptions = { tls: 'TLS', starttls: 'STARTTLS', none: 'none: everything goes in clear text' }
  return [
    `${side === 'local' ? 'Local' : 'Remote'} repository '${name}': type '${type}'${readOnly ? ', read-only' : ''}`,
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
  { run, show, separators }: Shown,
  side: Side,
  surveyed: Parameters<typeof listRepository>[3],
): Promise<void> {
  const folders = await listRepository(run, side, separators, surveyed)
  show('  Folders:')
  const config = run.account[side]
  const server = run.servers[side]
  for (const { path, name, counterpart = '(no name there)', accepted } of folders) {
    const readable = namesOf(run.account).folderName(path)
    const isReadable = name === '' || readable === path
    const shown = name === '' ? readable : `${name}${isReadable ? '' : ` (${readable})`}`
    const translated = counterpart === name ? '' : ` -> ${counterpart === '' ? '(top folder)' : counterpart}`
    const reason = accepted ? undefined : whyNoMail(server, config, { name, separator: separators[side] })
    show(`    ${shown}${translated}${accepted ? '' : ` (disabled${reason === undefined ? '' : `: ${reason}`})`}`)
  }
}
