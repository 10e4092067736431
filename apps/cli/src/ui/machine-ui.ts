import { type Flag, type Pair, type Side, type SyncEvent, sortedFlags } from '@mailtide/contracts'
import { type AccountNames, accountSpeaker, folderSpeaker } from '../lines/names.ts'
import type { Prompt } from '../login/prompt.ts'
import { version } from '../version.ts'
import type { Every } from './every.ts'
import type { Happening } from './happening.ts'
import { createMachineSleep } from './machine-sleep.ts'
import { messageOf, type ProtocolLine, protocolLine } from './protocol-line.ts'
import type { UserInterface, Writer } from './user-interface.ts'

/** What `machineui` works with. */
export interface MachineParts {
  readonly writer: Writer
  /** The next line of standard input; undefined at its end. */
  readonly readLine: (signal: AbortSignal) => Promise<string | undefined>
  readonly every: Every
  readonly ask: (readLine: MachineParts['readLine'], write: (line: ProtocolLine) => void) => Prompt
}

const mainThread = 'MainThread'
const protocolVersion = '7.2.0'

/** OfflineIMAP's `machineui`, its protocol 7.2.0: one line an event on standard output. */
export function createMachineUi({ writer, readLine, every, ask }: MachineParts): UserInterface {
  let isBegun = false
  let isTerminated = false
  const accounts = new Set<string>()
  /** The threads of folders under way, and into which sides of them messages are being copied. */
  const folders = new Map<string, { readonly account: string; readonly copying: Set<Side> }>()
  const sleep = createMachineSleep(every, (account, fields) => write(['msg', 'sleeping', account, ...fields]))

  function write(line: ProtocolLine): void {
    if (!isBegun) {
      isBegun = true
      const banner = `mailtide ${version}`
      // OfflineIMAP prints its banner before the first line of the protocol, as it is.
      writer.write(`${banner}\n`)
      write(['msg', 'protocol', mainThread, protocolVersion])
      write(['msg', 'initbanner', mainThread, banner])
      write(['msg', '', mainThread, `Node ${process.version}`])
    }
    writer.write(protocolLine(line))
  }
  function exit(thread: string): void {
    write(['msg', 'threadExited', mainThread, thread])
    write(['msg', 'unregisterthread', mainThread, thread])
    folders.delete(thread)
  }
  function terminate(exitCode: number): void {
    if (isTerminated) return
    isTerminated = true
    write(['msg', 'terminate', mainThread, String(exitCode), '', ''])
  }

  function syncEvent(event: SyncEvent, names: AccountNames): boolean {
    const thread = accountSpeaker(names)
    const { local, remote } = names.repositories
    switch (event.type) {
      case 'account-started': {
        if (!accounts.has(event.account)) write(['msg', 'registerthread', thread, event.account])
        accounts.add(event.account)
        write(['msg', 'acct', thread, event.account])
        write(['msg', 'connecting', thread, ...hostAndPort(names.server), remote.name])
        return true
      }
      case 'surveyed':
        write(['msg', 'syncfolders', thread, remote.type, local.type])
        return false
      case 'folder-started': {
        const folder = folderSpeaker(names, event.folders)
        folders.set(folder, { account: event.account, copying: new Set() })
        write(['msg', 'registerthread', folder, event.account])
        write(['msg', 'syncingfolder', folder, ...wayOf(names, event, 'local')])
        return true
      }
      case 'messages-copied':
        return copied(event, names)
      case 'folder-finished': {
        const folder = folderSpeaker(names, event.folders)
        for (const { side, pairs } of event.removed ?? []) {
          const place = `${names.repositories[side].type}\t${names.folderName(event.folders[side])}`
          write(['msg', 'deletingmessages', folder, uidsOf(pairs), place])
        }
        for (const { side, pairs, add, drop } of event.flagged ?? []) {
          const place = names.folderName(event.folders[side])
          if (add.size > 0) write(['msg', 'addingflags', folder, uidsOf(pairs), lettersOf(add), place])
          if (drop.size > 0) write(['msg', 'deletingflags', folder, uidsOf(pairs), lettersOf(drop), place])
        }
        // Only a dry run has nothing but words for it.
        return event.removed !== undefined || event.flagged !== undefined
      }
      case 'held': {
        if (event.reason !== 'epoch-changed') return false
        const side = event.side ?? 'remote'
        const path = names.folderName(event.folders[side])
        const repository = names.repositories[side].name
        const { was = '', is = '' } = event
        write(['warn', 'validityproblem', folderSpeaker(names, event.folders), path, repository, was, is])
        return true
      }
      case 'account-finished':
      case 'folder-created':
      case 'folder-skipped':
      case 'step-planned':
      case 'inherited':
      case 'inheritance-void':
      case 'failed':
        return false
    }
  }

  /** What ends is said last. */
  function finished(event: Happening, names: AccountNames): void {
    if (event.type === 'folder-finished') exit(folderSpeaker(names, event.folders))
    if (event.type !== 'account-finished') return
    for (const [folder, { account }] of folders) if (account === event.account) exit(folder)
    write(['msg', 'acctdone', accountSpeaker(names), event.account])
  }

  function copied(event: Extract<SyncEvent, { type: 'messages-copied' }>, names: AccountNames): boolean {
    const thread = folderSpeaker(names, event.folders)
    const way = wayOf(names, event, event.to)
    const copying = folders.get(thread)?.copying
    if (!copying?.has(event.to)) write(['msg', 'syncingmessages', thread, ...way])
    copying?.add(event.to)
    const [fromType, from, toType, to] = way
    for (const { remote } of event.pairs ?? []) {
      write(['msg', 'copyingmessage', thread, remote, fromType, from, `${toType}[${to}]`])
    }
    return true
  }

  /** Answers whether the protocol has said all that the event's lines say. */
  function happened(event: Happening, names: AccountNames | undefined): boolean {
    switch (event.type) {
      case 'run-started':
        for (const topic of event.trace) write(['debug', 'debugging', mainThread, topic])
        return true
      case 'sleeping':
        sleep.begin(event.account, event.seconds)
        return true
      case 'awake':
        sleep.end(event.account)
        return true
      case 'account-left':
        if (accounts.delete(event.account)) exit(accountSpeaker(event))
        return true
      case 'run-finished':
        terminate(event.exitCode)
        return true
      default:
        return names !== undefined && syncEvent(event, names)
    }
  }

  return {
    prompt: ask(readLine, write),
    show({ lines, event, names }) {
      const isSaid = event !== undefined && happened(event, names)
      if (!isSaid) for (const line of messageOf(lines)) write(line)
      if (event && names) finished(event, names)
    },
    close: () => sleep.stop(),
  }
}

function hostAndPort(server: string): [string, string] {
  const [, host = server, port = ''] = /^(.*):(\d+)$/.exec(server) ?? []
  return [host, port]
}

/** Source and destination, each as type and folder, and OfflineIMAP's empty field at the end. */
function wayOf(
  names: AccountNames,
  { folders }: Pick<Extract<SyncEvent, { type: 'folder-started' }>, 'folders'>,
  to: Side,
) {
  const from = to === 'local' ? 'remote' : 'local'
  const end = (side: Side) => [names.repositories[side].type, names.folderName(folders[side])] as const
  return [...end(from), ...end(to), ''] as const
}

/** OfflineIMAP knows a message by its UID, on both sides. */
function uidsOf(pairs: readonly Pair[]): string {
  return pairs.map(({ remote }) => remote).join('\f')
}

const letters: ReadonlyMap<Flag, string> = new Map([
  ['\\Seen', 'S'],
  ['\\Answered', 'R'],
  ['\\Flagged', 'F'],
  ['\\Draft', 'D'],
  ['\\Deleted', 'T'],
])

function lettersOf(flags: ReadonlySet<Flag>): string {
  return sortedFlags(flags)
    .map((flag) => letters.get(flag) ?? flag)
    .join('\f')
}
