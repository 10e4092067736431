import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startDaemon } from './program.ts'

/** How to get in. */
export interface Access {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/** A mailbox on a server, as others see it. */
export interface RemoteInbox extends Access {
  /** Resolves once the server has the message. */
  add(text: string): Promise<void>
  count(): Promise<number>
}

/** Milliseconds from a message being on one side to its being on the other, in order of size. */
export interface Latencies {
  readonly down: readonly number[]
  readonly up: readonly number[]
}

/** How many messages go each way. */
export interface LatencyPlan {
  readonly down: number
  readonly up: number
}

/** Milliseconds between two looks at a side. */
const tick = 3

/** Milliseconds that nobody is in a hurry: the next message is no part of the one before. */
const rest = 300

/** Lets the real program follow an account, and measures how long single messages take to get to the other side. */
export async function measureLatency(remote: RemoteInbox, directory: string, plan: LatencyPlan): Promise<Latencies> {
  const root = join(directory, 'mail')
  const rcFile = join(directory, 'offlineimaprc')
  writeFileSync(rcFile, rcText(directory, root, remote))
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(root, 'INBOX', part), { recursive: true })
  const here = () => ['new', 'cur'].reduce((sum, part) => sum + readdirSync(join(root, 'INBOX', part)).length, 0)
  const daemon = startDaemon(rcFile, directory)
  try {
    await remote.add(textOf('first'))
    await until(() => here() === 1)
    await wait(5000)
    const down: number[] = []
    const up: number[] = []
    for (let serial = 0; serial < plan.down; serial++) {
      const goal = here() + 1
      await remote.add(textOf(`down-${serial}`))
      down.push(await until(() => here() >= goal))
      await wait(rest)
    }
    await wait(3000)
    for (let serial = 0; serial < plan.up; serial++) {
      const goal = (await remote.count()) + 1
      writeFileSync(join(root, 'INBOX/tmp', `up-${serial}`), textOf(`up-${serial}`).replaceAll('\r', ''))
      renameSync(join(root, 'INBOX/tmp', `up-${serial}`), join(root, 'INBOX/new', `up-${serial}`))
      up.push(await until(async () => (await remote.count()) >= goal))
      await wait(rest)
    }
    return { down: down.toSorted((a, b) => a - b), up: up.toSorted((a, b) => a - b) }
  } finally {
    daemon.kill()
    await daemon.ended
  }
}

/** The value below which this part of all lies. */
export function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<number> {
  const since = performance.now()
  while (!(await isSo())) {
    if (performance.now() - since > 60_000) throw new Error('it has not arrived after a minute')
    await wait(tick)
  }
  return performance.now() - since
}

function textOf(id: string): string {
  return `Message-ID: <${id}@example.org>\r\nSubject: ${id}\r\n\r\n${`${id} `.repeat(200)}\r\n`
}

/** An rc file of an account that is followed. */
export function rcText(directory: string, root: string, { host, port, user, password }: Access): string {
  return `[general]
accounts = home
metadata = ${join(directory, 'state')}
[Account home]
localrepository = disk
remoterepository = server
autorefresh = 60
[Repository disk]
type = Maildir
localfolders = ${root}
[Repository server]
type = IMAP
remotehost = ${host}
remoteport = ${port}
remoteuser = ${user}
remotepass = ${password}
ssl = no
starttls = no
`
}
