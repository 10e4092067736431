import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProgram } from '@mailtide/run-program'
import { type ProgramsAvailability, programsAvailability } from './debian-package.ts'

/** A run of the real OfflineIMAP. */
export interface OfflineImapRun {
  /** Its home directory, made if missing: the rc file is written there, and nothing outside is touched by default. */
  readonly home: string
  /** The text of the rc file. */
  readonly rc: string
  /** More arguments. */
  readonly args?: readonly string[]
  /** Milliseconds until it is killed. Default: a minute. */
  readonly timeout?: number
}

/** How a run ended, and what it did according to its own words. */
export interface OfflineImapOutcome {
  readonly exitCode: number
  /** What the `basic` interface printed. */
  readonly output: string
  /** The lines that tell of a message copied or deleted, a flag or label changed, or a folder created: none in an idle run. */
  readonly deeds: readonly string[]
}

let availability: Promise<ProgramsAvailability> | undefined

/**
 * Whether {@link runOfflineImap} can work on this machine. Where Debian's `offlineimap3` is missing, and we may install
 * it, it is installed first. Looked for once a process.
 */
export function offlineImapAvailability(): Promise<ProgramsAvailability> {
  availability ??= programsAvailability({ offlineimap: 'offlineimap3' })
  return availability
}

/** Runs OfflineIMAP once over all accounts of an rc file. Its exit codes 0, 1 and 2 are outcomes, all else is a failure. */
export async function runOfflineImap(run: OfflineImapRun): Promise<OfflineImapOutcome> {
  const { home, rc, args = [], timeout = 60_000 } = run
  mkdirSync(home, { recursive: true })
  const file = join(home, 'offlineimaprc')
  writeFileSync(file, rc)
  const { exitCode, stdout, stderr } = await runProgram({
    command: 'offlineimap',
    args: ['-o', '-u', 'basic', '-c', file, ...args],
    env: { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), LC_ALL: 'C.UTF-8' },
    timeout,
    accepts: (code) => code <= 2,
  })
  const output = `${Buffer.from(stdout).toString()}${stderr}`
  return { exitCode, output, deeds: output.split('\n').filter(isDeed) }
}

const deed = /^\s*(Copy message|IGNORED: Copy message|Deleting|Adding|Creating folder)/

function isDeed(line: string): boolean {
  return deed.test(line)
}
