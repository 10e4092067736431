import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largeConfiguration } from './large-configuration.ts'
import { type Spread, spread } from './report.ts'
import { toolOf } from './tools.ts'

/** What reading and evaluating a large configuration may take beyond start-up, in milliseconds. */
export const configLimit = 100

/** Milliseconds. */
export interface ConfigFigure {
  /** Of `mailtide --version`. */
  readonly startUp: Spread
  /** Of reading 1,000 lines and asking the rules about 1,000 folders. */
  readonly dump: Spread
  /** By how much the least of the one exceeds the least of the other: what else the machine does only adds. */
  readonly beyond: number
}

/** Measures how long mailtide reads and evaluates a large configuration, in turns with its mere start. */
export function benchConfig(repeats: number): ConfigFigure {
  const { command } = toolOf('mailtide')
  if (!command) throw new Error('apps/cli is not built')
  const scratch = mkdtempSync(join(tmpdir(), 'mailtide-bench-'))
  try {
    const { text, sample } = largeConfiguration(1000, 1000)
    const [rc, names] = [join(scratch, 'rc'), join(scratch, 'names.json')]
    writeFileSync(rc, text)
    writeFileSync(names, JSON.stringify(sample))
    const dumping = [...command, 'config', 'dump', '--json', '--python', 'builtin', '--folders', names, '-c', rc]
    const times: { readonly startUp: number; readonly dump: number }[] = []
    // The first round fills the caches.
    for (let round = 0; round <= repeats; round++) {
      times.push({ startUp: millisecondsOf([...command, '--version']), dump: millisecondsOf(dumping) })
    }
    const counted = times.slice(1)
    const startUp = spread(counted.map((time) => time.startUp))
    const dump = spread(counted.map((time) => time.dump))
    if (!startUp || !dump) throw new Error('nothing was measured')
    return { startUp, dump, beyond: dump.least - startUp.least }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function millisecondsOf([program = '', ...args]: readonly string[]): number {
  const started = performance.now()
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 })
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - started
}
