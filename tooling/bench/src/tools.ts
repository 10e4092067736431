import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Exactness } from '@mailtide/sample-mail'

/** The programs that are compared. */
export const toolNames = ['mailtide', 'mbsync', 'offlineimap'] as const

export type ToolName = (typeof toolNames)[number]

/** What a tool's configuration says. */
export interface Setup {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** The tree of Maildirs. */
  readonly mail: string
  /** Where the tool keeps what it remembers. */
  readonly state: string
}

/** A program that keeps an account and a Maildir tree the same. */
export interface Tool {
  readonly name: ToolName
  /** The program and its first arguments; undefined where it is not there. */
  readonly command: readonly string[] | undefined
  /** How exactly it has to bring mail over: other programs than mailtide may add header lines. */
  readonly exactness: Exactness
  configuration(setup: Setup): string
  /** Arguments for one sync with the configuration in this file. */
  syncArguments(file: string): readonly string[]
}

const cli = fileURLToPath(new URL('../../../apps/cli', import.meta.url))
const dialect = { configuration: offlineImapRc, syncArguments: (file: string) => ['-c', file, '-o', '-u', 'quiet'] }

const tools: Readonly<Record<ToolName, Tool>> = {
  mailtide: {
    name: 'mailtide',
    command: existsSync(join(cli, 'dist')) ? [process.execPath, join(cli, 'bin/mailtide.js')] : undefined,
    exactness: 'whole',
    ...dialect,
  },
  mbsync: {
    name: 'mbsync',
    command: onPath('mbsync'),
    exactness: 'body',
    configuration: mbsyncRc,
    syncArguments: (file) => ['-q', '-c', file, '-a'],
  },
  offlineimap: { name: 'offlineimap', command: onPath('offlineimap'), exactness: 'body', ...dialect },
}

/** The tool of this name, installed or not. */
export function toolOf(name: ToolName): Tool {
  return tools[name]
}

function onPath(program: string): readonly string[] | undefined {
  const places = (process.env['PATH'] ?? '').split(delimiter).filter((place) => place !== '')
  const found = places.map((place) => join(place, program)).find((file) => existsSync(file))
  return found === undefined ? undefined : [found]
}

function offlineImapRc({ host, port, user, password, mail, state }: Setup): string {
  return `[general]
accounts = bench
metadata = ${state}
fsync = true

[Account bench]
localrepository = bench-local
remoterepository = bench-remote

[Repository bench-local]
type = Maildir
localfolders = ${mail}
sep = /

[Repository bench-remote]
type = IMAP
remotehost = ${host}
remoteport = ${port}
remoteuser = ${user}
remotepass = ${password}
ssl = no
starttls = no
maxconnections = 4
`
}

function mbsyncRc({ host, port, user, password, mail, state }: Setup): string {
  return `FSync yes

IMAPAccount bench
Host ${host}
Port ${port}
User ${user}
Pass ${password}
AuthMechs LOGIN
SSLType None

IMAPStore remote
Account bench

MaildirStore local
Path ${mail}/
Inbox ${mail}/INBOX
SubFolders Verbatim

Channel bench
Far :remote:
Near :local:
Patterns *
Create Both
Expunge Both
Sync All
SyncState ${state}/
`
}
