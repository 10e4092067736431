import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('../../../apps/cli/bin/mailtide.js', import.meta.url))

/** How a run of the real program ended. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

/** A run of the real program, for as long as it is left alive. */
export interface Running {
  readonly pid: number
  readonly ended: Promise<Ended>
  readonly isOver: boolean
  kill(): void
  /** Stops it where it is, as a machine that sleeps, and lets it go on. */
  suspend(): void
  resume(): void
}

/** Starts one sync with an rc file, in an environment of its own. */
export function startSync(rcFile: string, home: string): Running {
  return start(['-c', rcFile, '-o', '-u', 'quiet'], home)
}

/** Starts what goes on for as long as it is left alive, where the rc file sets `autorefresh`. */
export function startDaemon(rcFile: string, home: string): Running {
  return start(['-c', rcFile, '-u', 'quiet'], home)
}

function start(args: readonly string[], home: string): Running {
  const child = spawn(process.execPath, [launcher, ...args], {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  let isOver = false
  const ended = once(child, 'close').then(() => {
    isOver = true
    return { code: child.exitCode, output: Buffer.concat(chunks).toString() }
  })
  return {
    pid: child.pid ?? -1,
    ended,
    get isOver() {
      return isOver
    },
    kill: () => child.kill('SIGKILL'),
    suspend: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
  }
}
