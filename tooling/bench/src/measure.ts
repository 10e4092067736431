import { spawn } from 'node:child_process'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { watchMemory } from './process-memory.ts'

/** What one run of a program took. */
export interface Measurement {
  readonly wallSeconds: number
  /** User and system time of the program and all that it started. */
  readonly cpuSeconds: number
  readonly peakMebibytes: number | undefined
}

// The shell itself is 2 ms of wall time; its `times` knows what its children used, to the millisecond.
const script = '"$@"; code=$?; times >&3; exit $code'

/** Runs a program to its end and measures it. Rejects with what it printed if it ends with another code than 0. */
export async function measure(command: readonly string[], home: string, timeLimit = 900_000): Promise<Measurement> {
  const started = performance.now()
  const shell = spawn('bash', ['-c', script, 'measure', ...command], {
    env: { ...process.env, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid } = shell
  if (pid === undefined) throw new Error('bash is missing, which tells what a program used')
  const memory = watchMemory(pid)
  const timer = setTimeout(() => process.kill(-pid, 'SIGKILL'), timeLimit)
  const output = Promise.all(shell.stdio.slice(1).map((stream) => (stream instanceof Readable ? text(stream) : '')))
  const code = await new Promise<number | null>((resolve, reject) => {
    shell.once('error', reject)
    shell.once('exit', resolve)
  })
  const wallSeconds = (performance.now() - started) / 1000
  clearTimeout(timer)
  const peakMebibytes = memory.stop()
  const [printed = '', complaints = '', times = ''] = await output
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}\n${printed}${complaints}`.trimEnd())
  return { wallSeconds, cpuSeconds: childSeconds(times), peakMebibytes }
}

/** The second line of `times` is for the children: `0m1.234s 0m0.056s`. */
function childSeconds(times: string): number {
  const [, children = ''] = times.split('\n')
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}
