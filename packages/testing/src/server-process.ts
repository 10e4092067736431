import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { MailOwner } from './mail-owner.ts'
import { startWatchdog } from './watchdog.ts'

/** How a mail server is started. */
export interface ServerLaunch {
  readonly program: string
  readonly args: readonly string[]
  /** Its whole environment, but for PATH. */
  readonly env?: Readonly<Record<string, string>>
  /** As whom it runs. Default: as this process. */
  readonly owner?: MailOwner
  /** Its own, and removed with it. */
  readonly directory: string
}

/** A mail server on its way, with all the processes it starts. */
export interface ServerProcess {
  /** Whether it came so far as to greet on this socket, or port of 127.0.0.1; false once it has ended, or takes too long. */
  greets(place: string | number): Promise<boolean>
  /** What it printed last. */
  logTail(): Promise<string>
  /** Ends it and removes its directory. */
  end(): Promise<void>
}

/** Starts a mail server that stays in the foreground. */
export function launchServer({ program, args, env, owner, directory }: ServerLaunch): ServerProcess {
  let printed = ''
  // A group of its own: the end of the server is the end of every process it started.
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
    cwd: directory,
    ...(owner && { uid: owner.uid, gid: owner.gid }),
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-4000)
    })
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      printed += error.message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  const watchdog = startWatchdog(directory, child.pid)
  return {
    greets: (place) => greets(child, place),
    logTail: async () => printed,
    async end() {
      child.kill('SIGTERM')
      await Promise.race([ended, wait(300, undefined, { ref: false })])
      await watchdog.finish()
      await ended
    },
  }
}

async function greets(child: ChildProcess, place: string | number): Promise<boolean> {
  const deadline = Date.now() + 20_000
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await greetsNow(place)) return true
    await wait(20)
  }
  return false
}

function greetsNow(place: string | number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof place === 'number' ? connect(place, '127.0.0.1') : connect(place)
    const settle = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(5000, () => settle(false))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
    socket.once('data', (chunk) => settle(chunk.toString('latin1').startsWith('* OK')))
  })
}
