import { readOverrides } from './apply-overrides.ts'
import { checkNames } from './check-names.ts'
import { checkValues } from './check-values.ts'
import { type AccountConfig, type Config, isMaildir } from './config.ts'
import { nearest } from './nearest.ts'
import { generalOptions } from './options-general.ts'
import type { PathContext } from './paths.ts'
import { orderedProblems, type Problem } from './problem.ts'
import { createRcFile, type RcFile } from './rc-file.ts'
import { checkRepositoryTypes, readAccount } from './read-account.ts'
import { readMbnames } from './read-mbnames.ts'
import { scanRc } from './scan-rc.ts'
import { createSectionReader, type ReaderContext } from './section-reader.ts'

/** What a configuration is read from. */
export interface ConfigInput extends PathContext {
  readonly text: string
  /** The rc file's name, for problems. */
  readonly file: string
  /** Arguments of `-k`. */
  readonly overrides?: readonly string[]
  /** The accounts that the command line names, instead of `general.accounts`. */
  readonly accounts?: readonly string[]
}

/** The configuration, unless a mistake stands in its way; and every mistake, by line. */
export interface ConfigResult {
  readonly config?: Config
  readonly problems: readonly Problem[]
}

/**
 * Reads an `.offlineimaprc`: everything it says, typed, or everything that is wrong with it at once.
 *
 * A mistake in an account that is not to be synced, or in its repositories, is a warning: the account is left out. So is
 * one in `[mbnames]` that is not enabled.
 */
export function readConfig(input: ConfigInput): ConfigResult {
  const scanned = scanRc(input.text, input.file)
  const overrides = readOverrides(input.overrides ?? [], scanned)
  const rc = createRcFile(scanned, overrides.options)
  const problems = [...checkNames(rc), ...checkValues(rc, input)]
  const context: ReaderContext = { rc, file: input.file, paths: input, report: (problem) => problems.push(problem) }

  checkRepositoryTypes(context)
  const general = readGeneral(context)
  const mbnames = readMbnames(context)
  const chosen = input.accounts ?? general.accounts
  const names = rc.sections.flatMap(({ name }) => /^Account (.+)$/s.exec(name)?.[1] ?? [])
  reportMissing(chosen, names, input, context)
  const read = names.flatMap((name) => readAccount(name, context) ?? [])
  const readable = new Map(read.map((account) => [account.name, account]))
  reportSharedRoots(read, chosen, context)

  const needed = new Set([...chosen.flatMap((name) => sectionsOf(name, rc)), ...(mbnames ? ['mbnames'] : [])])
  const broken = new Set(problems.filter(({ severity }) => severity === 'error').map(({ section }) => section))
  const judged = orderedProblems([
    ...scanned.problems,
    ...overrides.problems,
    ...problems.map((problem) => judge(problem, needed)),
  ])
  if (judged.some(({ severity }) => severity === 'error')) return { problems: judged }
  const sound = [...readable].filter(([name]) => !sectionsOf(name, rc).some((section) => broken.has(section)))
  return { config: { general, accounts: new Map(sound), ...(mbnames && { mbnames }) }, problems: judged }
}

function readGeneral(context: ReaderContext): Config['general'] {
  const reader = createSectionReader('general', generalOptions, context)
  const pythonFile = reader.text('pythonfile')
  return {
    metadata: reader.text('metadata') ?? '',
    accounts: [...new Set(reader.list('accounts'))],
    maxSyncAccounts: atLeast(1, 'maxsyncaccounts'),
    ui: reader.text('ui') ?? 'ttyui',
    ...(pythonFile && { pythonFile }),
    socketTimeout: atLeast(0, 'socktimeout'),
    fsync: reader.boolean('fsync') ?? true,
    dryRun: reader.boolean('dry-run') ?? false,
    ignoreKeyring: reader.boolean('ignore-keyring') ?? false,
    updateKeyring: reader.boolean('update-keyring') ?? false,
    ignoreReadOnly: reader.boolean('ignore-readonly') ?? false,
  }

  function atLeast(least: number, name: 'maxsyncaccounts' | 'socktimeout'): number {
    const count = reader.number(name) ?? Number(generalOptions[name].default)
    if (count < least) {
      reader.problem(
        'error',
        name,
        `${name} is at least ${least}, ${count} is not`,
        `Usual is ${generalOptions[name].default}.`,
      )
    }
    return count
  }
}

function reportMissing(
  chosen: readonly string[],
  names: readonly string[],
  { accounts, file }: ConfigInput,
  { rc, report }: ReaderContext,
): void {
  const listed = rc.raw('general', 'accounts')?.origin ?? rc.sections.find(({ name }) => name === 'general')?.origin
  const origin = accounts === undefined ? (listed ?? { file }) : { file: '-a' }
  const place = accounts === undefined ? { section: 'general', option: 'accounts' } : {}
  if (chosen.length === 0) {
    const hint = names.length === 0 ? 'List the accounts: accounts = NAME' : `Write accounts = ${names.join(', ')}`
    report({ severity: 'error', ...origin, ...place, message: '[general] lists no accounts', hint: `${hint}.` })
  }
  for (const name of chosen.filter((wanted) => !names.includes(wanted))) {
    const meant = nearest(name, names)
    const known =
      names.length === 0 ? `Add a section [Account ${name}].` : `Accounts of this file: ${names.join(', ')}.`
    report({
      severity: 'error',
      ...origin,
      ...place,
      message: `there is no [Account ${name}]`,
      hint: meant === undefined ? known : `Did you mean ${meant}?`,
    })
  }
}

/**
 * Two accounts in one Maildir tree would copy their mail into each other, unless both leave the other's folders alone: by
 * a folderfilter on the local side, or by creating none on the server.
 */
function reportSharedRoots(
  accounts: readonly AccountConfig[],
  chosen: readonly string[],
  { rc, file, report }: ReaderContext,
): void {
  const owners = new Map<string, AccountConfig>()
  // The accounts to be synced first: another one's claim to their directory is that one's mistake.
  const ordered = accounts.toSorted((a, b) => Number(chosen.includes(b.name)) - Number(chosen.includes(a.name)))
  const keepsToItself = ({ local, remote }: AccountConfig) =>
    local.folderFilter !== undefined || !remote.createFolders || remote.readOnly
  for (const account of ordered) {
    const { name } = account
    if (!isMaildir(account.local)) continue
    const root = account.local.root.replace(/\/+$/, '')
    const sharer = owners.get(root)
    owners.set(root, sharer ?? account)
    if (sharer === undefined || root === '') continue
    const owner = sharer.name
    const section = `Account ${name}`
    report({
      severity: keepsToItself(account) && keepsToItself(sharer) ? 'warning' : 'error',
      ...(rc.raw(section, 'localrepository')?.origin ?? { file }),
      section,
      option: 'localrepository',
      message: `the accounts ${owner} and ${name} share the directory ${root}, and would mix the mail of folders that both have`,
      hint: 'Give each account localfolders of its own, or a folderfilter in its local repository that lets only its own folders through.',
    })
  }
}

/** The sections that an account is made of. */
function sectionsOf(account: string, rc: RcFile): string[] {
  const section = `Account ${account}`
  const repositories = ['localrepository', 'remoterepository'].flatMap((option) => {
    const got = rc.get(section, option)
    return got !== undefined && 'value' in got ? [`Repository ${got.value}`] : []
  })
  return [section, ...repositories]
}

function judge(problem: Problem, needed: ReadonlySet<string>): Problem {
  const { section } = problem
  const isElsewhere = section !== undefined && /^(Account|Repository) .|^mbnames$/.test(section) && !needed.has(section)
  return isElsewhere && problem.severity === 'error' ? { ...problem, severity: 'warning' } : problem
}
