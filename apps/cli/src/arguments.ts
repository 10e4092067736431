import { parseArgs } from 'node:util'
import { type CommandName, commands, type Flag, type FlagName, flags } from './flags.ts'
import type { LoginFlags } from './login/login-command.ts'
import { type PythonMode, pythonModes } from './python/evaluator.ts'
import type { VerifyFlags } from './verify/verify-command.ts'

/** What `-d` can trace. */
export type TraceTopic = 'imap' | 'maildir' | 'thread'

/** What the command line asks of a run. */
export interface RunFlags {
  readonly config?: string
  readonly accounts?: readonly string[]
  readonly folders?: readonly string[]
  readonly overrides: readonly string[]
  readonly once: boolean
  readonly quick: boolean
  readonly single: boolean
  readonly dryRun: boolean
  readonly allowDeletions: boolean
  readonly ui?: string
  readonly log?: string
  /** Whether all that is told goes to syslog, too. */
  readonly syslog: boolean
  /** Where profiles are written. */
  readonly profile?: string
  readonly python: PythonMode
  /** Takes over what mbsync knew, from the Maildirs or from a directory of state files. */
  readonly mbsync?: { readonly directory?: string }
  readonly ignoreKeyring: boolean
  readonly updateKeyring: boolean
  readonly trace: readonly TraceTopic[]
}

/** What the command line says. */
export type Arguments =
  | { readonly command: 'help' | 'version' | 'versions' }
  | {
      readonly command: 'sync' | 'info' | 'migrate hashes' | 'prune mailboxes' | 'folders' | 'config check'
      readonly flags: RunFlags
    }
  | { readonly command: 'delete folder'; readonly flags: RunFlags; readonly name: string }
  | { readonly command: 'config explain'; readonly option: string }
  | { readonly command: 'login'; readonly flags: RunFlags; readonly login: LoginFlags }
  | { readonly command: 'verify'; readonly flags: RunFlags; readonly verify: VerifyFlags }
  /** `sample` is the file that `--folders` names. */
  | { readonly command: 'config dump'; readonly flags: RunFlags; readonly sample?: string }
  | { readonly command: 'none'; readonly mistakes: readonly string[] }

const topics: readonly TraceTopic[] = ['imap', 'maildir', 'thread']
const entries = Object.entries(flags) as [FlagName, Flag][]
const byName = new Map(entries.flatMap(([name, flag]) => flag.names.map((typed) => [typed, name] as const)))

/** Reads the command line, all of OfflineIMAP's flags, or says everything that is wrong with it. */
export function readArguments(words: readonly string[]): Arguments {
  const given = new Map<FlagName, string[]>()
  const mistakes: string[] = []
  const plain: string[] = []
  for (const token of tokensOf(words)) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') {
      plain.push(token.value)
      continue
    }
    const name = byName.get(token.rawName)
    const flag: Flag | undefined = name && flags[name]
    if (name === undefined || flag === undefined) {
      mistakes.push(`no such flag: ${token.rawName}`)
    } else if (flag.argument !== undefined && token.value === undefined) {
      mistakes.push(`${token.rawName} wants ${flag.argument}`)
    } else if (flag.argument === undefined && token.value !== undefined) {
      mistakes.push(`${token.rawName} takes no argument`)
    } else {
      given.set(name, [...(given.get(name) ?? []), token.value ?? ''])
    }
  }
  const trace = given.get('debug')?.flatMap((text) => topicsIn(text, mistakes)) ?? []
  const python = pythonModeIn(given.get('python')?.at(-1), mistakes)
  const port = portIn(given.get('port')?.at(-1), mistakes)
  const [command, ...rest] = commandIn(plain, mistakes)
  if (given.get('deleteFolder')?.at(-1) === '') mistakes.push('--delete-folder wants NAME')
  for (const [name, { names, instead, onlyFor }] of entries) {
    if (instead && command !== undefined && given.has(name)) {
      mistakes.push(`${names[0]} stands alone, without ${command}`)
    }
    if (onlyFor && !onlyFor.some((one) => one === command) && given.has(name)) {
      mistakes.push(`${names[0]} belongs to mailtide ${onlyFor.join(' and mailtide ')}`)
    }
  }
  const program = given.get('from')?.at(-1)
  if (given.has('repair') && given.has('dryRun')) mistakes.push('--repair and --dry-run: which of them?')
  if (command === 'adopt' && program !== 'mbsync') mistakes.push('mailtide adopt wants --from mbsync')
  if (mistakes.length > 0) return { command: 'none', mistakes }
  for (const asked of ['help', 'version', 'versions'] as const) if (given.has(asked)) return { command: asked }
  const flagsOfRun = { ...runFlags(given, trace), python }
  switch (command) {
    case undefined:
      return withoutCommand(given, flagsOfRun)
    case 'config explain':
      return { command, option: rest.join(' ') }
    case 'config dump':
      return { command, flags: flagsOfRun, ...optional('sample', given.get('sample')?.at(-1)) }
    case 'adopt': {
      const mbsync = { ...optional('directory', given.get('state')?.at(-1)) }
      return { command: 'sync', flags: { ...flagsOfRun, accounts: rest, once: true, mbsync } }
    }
    case 'login':
      return {
        command,
        flags: flagsOfRun,
        login: { account: rest.join(' '), device: given.has('device'), ...optional('port', port) },
      }
    case 'verify':
      return {
        command,
        flags: { ...flagsOfRun, accounts: rest, once: true },
        verify: { deep: given.has('deep'), repair: given.has('repair'), json: given.has('json') },
      }
    case 'folders':
    case 'config check':
      return { command, flags: flagsOfRun }
  }
}

/** What to do where no command stands, in OfflineIMAP's order of precedence. */
function withoutCommand(given: ReadonlyMap<FlagName, readonly string[]>, flags: RunFlags): Arguments {
  if (given.has('info')) return { command: 'info', flags }
  if (given.has('migrate')) return { command: 'migrate hashes', flags }
  if (given.has('mbnamesPrune')) return { command: 'prune mailboxes', flags }
  const name = given.get('deleteFolder')?.at(-1)
  return name === undefined ? { command: 'sync', flags } : { command: 'delete folder', flags, name }
}

/** The command that the words without a dash are, and its own words. */
function commandIn(plain: readonly string[], mistakes: string[]): [CommandName | undefined, ...string[]] {
  const [first, second = ''] = plain
  if (first === undefined) return [undefined]
  const command = (Object.keys(commands) as CommandName[]).find((name) => {
    return name === first || name === `${first} ${second}`
  })
  if (command === undefined) {
    const usages = Object.values(commands).flatMap(({ usage }) => (usage.startsWith(`${first} `) ? [usage] : []))
    const known = usages.length === 0 ? `Is it an account? Then write -a ${first}` : `There are: ${usages.join(', ')}`
    mistakes.push(`${plain.join(' ')}: no such command. ${known}`)
    return [undefined]
  }
  const rest = plain.slice(command.split(' ').length)
  const wanted = ['config explain', 'login', 'adopt', 'verify'].includes(command) ? 1 : 0
  if (rest.length > wanted) mistakes.push(`${rest[wanted]}: mailtide ${command} takes no more words`)
  if (rest.length < wanted) mistakes.push(`Write mailtide ${commands[command].usage}`)
  return [command, ...rest]
}

function pythonModeIn(text: string | undefined, mistakes: string[]): PythonMode {
  if (text === undefined) return 'auto'
  const mode = pythonModes.find((known) => known === text.toLowerCase())
  if (mode === undefined) mistakes.push(`--python ${text}: there are ${pythonModes.join(', ')}`)
  return mode ?? 'auto'
}

function portIn(text: string | undefined, mistakes: string[]): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65535) mistakes.push(`--port ${text}: a port lies between 1 and 65535`)
  return port
}

function tokensOf(words: readonly string[]) {
  const options = Object.fromEntries(
    entries.flatMap(([, { names, argument }]) =>
      names.map((typed) => {
        const type: 'string' | 'boolean' = argument === undefined ? 'boolean' : 'string'
        // parseArgs wants a long name for each flag; those made up here are not accepted as typed.
        return typed.startsWith('--') ? [typed.slice(2), { type }] : [`short ${typed[1]}`, { type, short: typed[1] }]
      }),
    ),
  )
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function topicsIn(text: string, mistakes: string[]): readonly TraceTopic[] {
  return listOf(text.toLowerCase()).flatMap((word) => {
    if (word === 'all') return topics
    const topic = topics.find((known) => known === word)
    if (topic === undefined) mistakes.push(`-d ${word}: can trace imap, maildir, thread, or all`)
    return topic ?? []
  })
}

function runFlags(
  given: ReadonlyMap<FlagName, readonly string[]>,
  trace: readonly TraceTopic[],
): Omit<RunFlags, 'python'> {
  const last = (name: FlagName) => given.get(name)?.at(-1)
  const accounts = last('accounts')
  const folders = last('folders')
  return {
    ...optional('config', last('config')),
    ...optional('ui', last('ui')),
    ...optional('log', last('log')),
    ...optional('profile', last('profile')),
    ...(accounts === undefined ? {} : { accounts: listOf(accounts) }),
    ...(folders === undefined ? {} : { folders: listOf(folders) }),
    overrides: given.get('override') ?? [],
    once: given.has('once'),
    quick: given.has('quick'),
    syslog: given.has('syslog'),
    single: given.has('single') || given.has('profile') || (trace.length > 0 && !trace.includes('thread')),
    dryRun: given.has('dryRun'),
    allowDeletions: given.has('allowDeletions'),
    ignoreKeyring: given.has('ignoreKeyring'),
    updateKeyring: given.has('updateKeyring'),
    trace: [...new Set(trace)],
  }
}

function optional<N extends string, V>(name: N, value: V | undefined): { readonly [_ in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [_ in N]?: V }
}

function listOf(text: string): string[] {
  return [...new Set(text.split(',').map((entry) => entry.trim()))].filter((entry) => entry !== '')
}
