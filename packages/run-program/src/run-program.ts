import { basename } from 'node:path'
import { outputTooBig, programFailed, programTimedOut } from './errors.ts'
import { harmlessText } from './harmless-text.ts'
import { createTailOutput, createWholeOutput } from './output.ts'
import { createProcessGroup } from './process-group.ts'
import { startProgram } from './start-program.ts'

/** How a program is run, however it is named. */
export interface RunOptions {
  /** What it reads from stdin; nothing if left out. */
  readonly input?: string | Uint8Array
  /** Milliseconds after which it is killed, with all that it started. */
  readonly timeout: number
  /** Milliseconds between asking it to end and killing it, and for its background processes to let go of its output. */
  readonly grace?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly signal?: AbortSignal
  /** How many octets it may print. Default: 1 MiB. */
  readonly maxOutput?: number
  /** What messages call it. Default: the program's name; never its arguments, which may hold a secret. */
  readonly name?: string
  /** Which exit codes are no failure. Default: 0 alone. */
  readonly accepts?: (exitCode: number) => boolean
}

/** A program and its arguments. */
export interface ProgramOptions extends RunOptions {
  /** A path, or a name to be looked for in PATH. */
  readonly command: string
  readonly args?: readonly string[]
}

/** What a program that did not fail left behind. */
export interface ProgramResult {
  readonly exitCode: number
  /** May be a secret: not for messages and logs. */
  readonly stdout: Uint8Array
  /** The last 4 KiB on one line, control characters made harmless. */
  readonly stderr: string
}

const defaultGrace = 2000
const defaultMaxOutput = 1024 * 1024
const maxStderr = 4096
const longestTimer = 2 ** 31 - 1

/**
 * Runs a program to its end, without a shell. It gets a process group (and session) of its own, so that the time limit, the
 * output limit and the signal end whatever it started as well; therefore it has no terminal.
 */
export async function runProgram(options: ProgramOptions): Promise<ProgramResult> {
  const { command, input, signal, timeout, grace = defaultGrace, maxOutput = defaultMaxOutput } = options
  const { name = basename(command), accepts = (code) => code === 0 } = options
  signal?.throwIfAborted()
  const child = await startProgram(options)
  const stdout = createWholeOutput(maxOutput)
  const stderr = createTailOutput(maxStderr)
  const said = () => harmlessText(stderr.bytes())
  const group = createProcessGroup(child, { grace })

  child.stdout.on('data', (chunk) => {
    if (!stdout.add(chunk)) group.end(outputTooBig(name, maxOutput))
  })
  child.stderr.on('data', (chunk) => stderr.add(chunk))
  // A program need not read what it is given.
  child.stdin.on('error', () => child.stdin.destroy())
  child.stdin.end(input)

  const onTimeout = () => group.end(programTimedOut(name, timeout, said()))
  const timer = Number.isFinite(timeout) ? setTimeout(onTimeout, Math.min(timeout, longestTimer)) : undefined
  const onAbort = () => group.end(signal?.reason)
  signal?.addEventListener('abort', onAbort)
  if (signal?.aborted) onAbort()
  try {
    const { exitCode, killedBy } = await group.ended
    if (killedBy !== null) throw programFailed(name, `was killed by ${killedBy}`, said())
    if (!accepts(exitCode)) throw programFailed(name, `ended with exit code ${exitCode}`, said())
    return { exitCode, stdout: stdout.bytes(), stderr: said() }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
