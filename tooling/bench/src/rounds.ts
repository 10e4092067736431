import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type AccountAccess, differences, type Resident, readAccount, readMaildirs } from '@mailtide/sample-mail'
import { type Measurement, measure } from './measure.ts'
import type { Tool, ToolName } from './tools.ts'

/** The syncs that are measured. */
export const scenarios = ['first sync', 'no change'] as const

export type Scenario = (typeof scenarios)[number]

/** One measured run: its numbers count only if nothing is wrong with its result. */
export interface Run {
  readonly tool: ToolName
  readonly scenario: Scenario
  readonly round: number
  readonly measurement: Measurement | undefined
  /** In words, what was wrong; empty if nothing was. */
  readonly wrong: readonly string[]
}

/** What every round has to do with. */
export interface Bench {
  readonly access: AccountAccess
  readonly expected: readonly Resident[]
  readonly scratch: string
  /** Milliseconds between syncs. */
  readonly pause: number
}

/** Both scenarios with one tool, from an empty directory on. */
export async function* runRound(tool: Tool, round: number, bench: Bench): AsyncGenerator<Run> {
  const place = join(bench.scratch, `${tool.name}-${round}`)
  const setup = { ...bench.access, password: bench.access.pass, mail: join(place, 'mail'), state: join(place, 'state') }
  for (const directory of [setup.mail, setup.state]) mkdirSync(directory, { recursive: true })
  const file = join(place, 'configuration')
  writeFileSync(file, tool.configuration(setup), { mode: 0o600 })
  const command = [...(tool.command ?? []), ...tool.syncArguments(file)]
  const attempt = async (scenario: Scenario): Promise<Run> => {
    await quieten(bench.access)
    try {
      const measurement = await measure(command, place)
      return { tool: tool.name, scenario, round, measurement, wrong: await check(tool, setup.mail, bench) }
    } catch (error) {
      return { tool: tool.name, scenario, round, measurement: undefined, wrong: [String(error)] }
    }
  }
  const first = await attempt('first sync')
  yield first
  if (first.measurement) {
    // The sync after the first one may still have to settle; the one after that is what happens every few minutes.
    await wait(bench.pause)
    await measure(command, place).catch(() => undefined)
    await wait(bench.pause)
    yield await attempt('no change')
  }
  rmSync(place, { recursive: true, force: true })
}

async function check(tool: Tool, mail: string, { access, expected }: Bench): Promise<string[]> {
  const local = differences(expected, readMaildirs(mail, '/'), tool.exactness)
  const remote = differences(expected, await readAccount(access), 'whole')
  return [...local.map((problem) => `Maildir: ${problem}`), ...remote.map((problem) => `server: ${problem}`)]
}

/** Brings the server's indexes into memory and what others wrote onto the disk. */
async function quieten(access: AccountAccess): Promise<void> {
  await readAccount(access)
  spawnSync('sync')
}
