import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A Dovecot on its way, with all the processes it starts. */
export interface DovecotProcess {
  /** Whether it came so far as to greet on this port; false once it has ended, or takes too long. */
  greets(port: number): Promise<boolean>
  /** What it printed, and the end of its log. */
  logTail(): Promise<string>
  /** Ends it and removes its directory. */
  end(): Promise<void>
}

/** Starts a Dovecot on the dovecot.conf in this directory, which is the Dovecot's own and goes with it. */
export function launchDovecot(program: string, directory: string): DovecotProcess {
  let printed = ''
  // A group of its own: the end of the server is the end of every process it started.
  const child = spawn(program, ['-F', '-c', join(directory, 'dovecot.conf')], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
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
  const watchdog = guard(child, directory)
  return {
    greets: (port) => greets(child, port),
    async logTail() {
      const log = await readFile(join(directory, 'dovecot.log'), 'utf8').catch(() => '')
      return `${printed}${log.slice(-4000)}`
    },
    async end() {
      signalGroup(child, 'SIGTERM')
      await Promise.race([ended, wait(300, undefined, { ref: false })])
      await watchdog.finish()
      await ended
    },
  }
}

/**
 * A shell that waits for the end of its input, which comes with the end of this process, however that ends: then it
 * kills every process of the server and removes its directory.
 */
function guard(server: ChildProcess, directory: string): { finish(): Promise<void> } {
  const script = 'read _; [ "$1" ] && kill -9 "-$1" 2>/dev/null; rm -rf "$2"'
  const args = ['-c', script, 'sh', String(server.pid ?? ''), directory]
  const shell = spawn('sh', args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const ended = new Promise<void>((resolve) => shell.once('close', () => resolve()))
  shell.unref()
  return {
    finish() {
      shell.ref()
      shell.stdin.end()
      return ended
    },
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function greets(child: ChildProcess, port: number): Promise<boolean> {
  const deadline = Date.now() + 20_000
  while (child.pid !== undefined && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    if (await greetsNow(port)) return true
    await wait(20)
  }
  return false
}

function greetsNow(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
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
