import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { childProgram } from './child-program.ts'
import { type PythonFailure, pythonGone, pythonNotFound, pythonTimedOut } from './errors.ts'
import type { HostArgument, WireValue } from './host-value.ts'

/** What is asked of the child; the table is above its program. */
export type Request =
  | { readonly load: string }
  | { readonly evaluate: string; readonly re: boolean; readonly origin: string }
  | { readonly call: number; readonly arguments: readonly (readonly HostArgument[])[] }
  | { readonly compare: number; readonly items: readonly HostArgument[] }
  | { readonly key: number; readonly items: readonly HostArgument[] }

/** What the child answers. */
export type Answer = { readonly value: WireValue } | PythonFailure

/** One running `python3`. It answers one request at a time. */
export interface PythonChild {
  readonly hasEnded: boolean
  /** Rejects, and the child is no more, if it does not answer within the time. `what` is for messages. */
  request(request: Request, what: string, timeout: number): Promise<Answer>
  /** What was written to stderr since the last request was made. */
  stderr(): string
  /** Resolves once it has ended; ends it at once if it is working on a request. */
  close(): Promise<void>
}

interface Pending {
  readonly answer: (line: string) => void
  readonly fail: (ending: string) => void
}

const maxStderr = 2048
const grace = 1000

/** Starts the child, in a process group of its own. */
export async function openPythonChild(
  python: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<PythonChild> {
  const child = await start(python, environment)
  const requests = child.stdio[3] as Writable
  const lines = createInterface({ input: child.stdio[4] as Readable })
  let stderr = ''
  let ending: string | undefined
  let pending: Pending | undefined

  const ended = new Promise<void>((resolve) => {
    child.once('exit', async (exitCode, signal) => {
      ending = signal === null ? `ended with exit code ${exitCode}` : `was killed by ${signal}`
      await drained()
      pending?.fail(ending)
      // Something that it started may hold these open.
      for (const stream of child.stdio) stream?.destroy()
      resolve()
    })
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-maxStderr)
  })
  lines.on('line', (line) => pending?.answer(line))
  // It ended before it read what it was asked; its exit tells the rest.
  requests.on('error', () => requests.destroy())

  async function request(message: Request, what: string, timeout: number): Promise<Answer> {
    if (ending !== undefined) throw pythonGone(what, ending, stderr)
    stderr = ''
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    let isLate = false
    pending = {
      answer: resolve,
      fail: (how) => reject(isLate ? pythonTimedOut(what, timeout, stderr) : pythonGone(what, how, stderr)),
    }
    const timer = setTimeout(() => {
      isLate = true
      killGroup(child)
    }, timeout)
    try {
      requests.write(`${JSON.stringify(message)}\n`)
      const answer: Answer = JSON.parse(await promise)
      if (!('value' in answer)) await drained()
      return answer
    } finally {
      clearTimeout(timer)
      pending = undefined
    }
  }

  return {
    get hasEnded() {
      return ending !== undefined
    },
    request,
    stderr: () => stderr,
    async close() {
      if (pending) killGroup(child)
      requests.end()
      const timer = setTimeout(() => killGroup(child), grace)
      await ended
      clearTimeout(timer)
    },
  }
}

function start(python: string, environment: Readonly<Record<string, string | undefined>>): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, ['-u', '-c', childProgram], {
      env: environment,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    })
    child.once('error', (cause) => reject(pythonNotFound(python, cause)))
    child.once('spawn', () => resolve(child))
  })
}

/** What was in the pipes before is read after this: the first turn of the loop may have begun already. */
async function drained(): Promise<void> {
  await setImmediate()
  await setImmediate()
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (thrown) {
    // All of them have ended already; macOS says EPERM where only zombies are left.
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
    if (code !== 'ESRCH' && code !== 'EPERM') throw thrown
  }
}
