import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from '@mailtide/run-program'

/** Whether the programs that an integration test wants are there, or why it has to be skipped. */
export type ProgramsAvailability = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Whether these programs, by name or path, can be run on this machine; each comes with the Debian package that has it.
 * Where one is missing, and we may install it (root, apt-get), it is installed first; workers that ask at the same time
 * wait for each other.
 */
export async function programsAvailability(packageOf: Readonly<Record<string, string>>): Promise<ProgramsAvailability> {
  const missing = Object.keys(packageOf).filter((name) => !programNamed(name))
  if (missing.length === 0) return { ok: true }
  const refusal = await install(missing, [...new Set(missing.map((name) => packageOf[name] ?? name))])
  if (refusal) return { ok: false, reason: refusal }
  const stillMissing = missing.filter((name) => !programNamed(name))
  if (stillMissing.length === 0) return { ok: true }
  return { ok: false, reason: `there is no ${stillMissing.join(', ')}, even after its package was installed` }
}

async function install(programs: readonly string[], packages: readonly string[]): Promise<string | undefined> {
  const missing = `not installed: ${programs.join(', ')}`
  if (process.getuid?.() !== 0) return `${missing}, and only root can install it`
  if (!programNamed('apt-get') || !programNamed('flock')) return `${missing}, and there is no apt-get`
  const script = [
    `command -v ${programs.join(' >/dev/null && command -v ')} && exit`,
    'apt-get -q update',
    `apt-get -q install -y --no-install-recommends ${packages.join(' ')}`,
  ].join('\n')
  try {
    await runProgram({
      command: 'flock',
      args: ['/var/lib/apt/lists', 'sh', '-ec', script],
      // RUNLEVEL=1 keeps packages from starting services of their own.
      env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: 300_000,
    })
    return undefined
  } catch (error) {
    return `${packages.join(', ')} could not be installed: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Where a program is: in PATH, or where servers are installed. */
export function programNamed(name: string): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined
  const { PATH = '' } = process.env
  const places = [...PATH.split(delimiter), '/usr/local/sbin', '/usr/sbin']
  return places
    .filter((place) => place !== '')
    .map((place) => join(place, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
