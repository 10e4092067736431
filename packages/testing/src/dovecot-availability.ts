import { runProgram } from '@mailtide/run-program'
import { programNamed, programsAvailability } from './debian-package.ts'

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
  const availability = await programsAvailability({ dovecot: 'dovecot-imapd' })
  if (!availability.ok) return availability.reason
  const program = programNamed('dovecot') ?? 'dovecot'
  const { stdout } = await runProgram({ command: program, args: ['--version'], timeout: 10_000 })
  const version = Buffer.from(stdout).toString().trim()
  const series = /^2\.[34](?=\.)/.exec(version)?.[0]
  if (series === '2.3' || series === '2.4') return { program, series }
  return `dovecot ${version} is neither 2.3 nor 2.4`
}
