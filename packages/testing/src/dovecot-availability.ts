import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from '@mailtide/run-program'

/** Whether integration tests may start a Dovecot here, or why they have to be skipped. */
export type DovecotAvailability = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Which Dovecot was found. */
export interface InstalledDovecot {
  readonly program: string
  /** `2.3` and `2.4` are configured in different languages. */
  readonly series: '2.3' | '2.4'
}

let found: Promise<InstalledDovecot | string> | undefined

/**
 * Whether {@link startDovecot} can work on this machine. Where Debian's `dovecot-imapd` is missing, and we may install
 * it (root, apt-get), it is installed first; workers that ask at the same time wait for each other.
 */
export async function dovecotAvailability(): Promise<DovecotAvailability> {
  const dovecot = await findDovecot()
  return typeof dovecot === 'string' ? { ok: false, reason: dovecot } : { ok: true }
}

/** The installed Dovecot, or the reason why there is none to be used. Looked for once a process. */
export function findDovecot(): Promise<InstalledDovecot | string> {
  found ??= lookForDovecot()
  return found
}

async function lookForDovecot(): Promise<InstalledDovecot | string> {
  let program = programNamed('dovecot')
  if (!program) {
    const refusal = await installDovecot()
    if (refusal) return refusal
    program = programNamed('dovecot')
  }
  if (!program) return 'dovecot-imapd was installed, but there is no program named dovecot'
  const { stdout } = await runProgram({ command: program, args: ['--version'], timeout: 10_000 })
  const version = Buffer.from(stdout).toString().trim()
  const series = /^2\.[34](?=\.)/.exec(version)?.[0]
  if (series === '2.3' || series === '2.4') return { program, series }
  return `dovecot ${version} is neither 2.3 nor 2.4`
}

function programNamed(name: string): string | undefined {
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

async function installDovecot(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'dovecot is not installed, and only root can install it'
  if (!programNamed('apt-get') || !programNamed('flock')) return 'dovecot is not installed, and there is no apt-get'
  const script = [
    'command -v dovecot && exit',
    'apt-get -q update',
    'apt-get -q install -y --no-install-recommends dovecot-imapd',
  ].join('\n')
  try {
    await runProgram({
      command: 'flock',
      args: ['/var/lib/apt/lists', 'sh', '-ec', script],
      // RUNLEVEL=1 keeps the package from starting a mail server of its own.
      env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      timeout: 300_000,
    })
    return undefined
  } catch (error) {
    return `dovecot-imapd could not be installed: ${error instanceof Error ? error.message : String(error)}`
  }
}
