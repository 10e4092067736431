import { MailtideError } from '@mailtide/contracts'
import { programMissing } from './errors.ts'
import { type Ask, createAsk, type KeyringProgram } from './keyring-program.ts'
import { createMacosSecurity } from './macos-security.ts'
import { createPythonKeyring } from './python-keyring.ts'
import { createSecretTool } from './secret-tool.ts'

/** Which programs ask the keyring, and how they are run. */
export interface KeyringProgramsOptions {
  /** Default: that of this process. */
  readonly platform?: NodeJS.Platform
  /** By what names, or paths, the programs are started. */
  readonly programs?: Partial<Record<'keyring' | 'python' | 'secretTool' | 'security' | 'dbusSend', string>>
  /** Milliseconds a program, for somebody may have to unlock the keyring. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** The programs that can be asked on this platform, the first choice first. */
export function createKeyringPrograms(options: KeyringProgramsOptions): readonly KeyringProgram[] {
  const { platform = process.platform } = options
  const {
    keyring = 'keyring',
    python = 'python3',
    secretTool = 'secret-tool',
    security = 'security',
  } = options.programs ?? {}
  const ask = (command: string) => createKeyringAsk(command, options)
  if (platform === 'darwin') return [createMacosSecurity(ask(security))]
  return [
    createPythonKeyring(ask(keyring)),
    createPythonKeyring(ask(python), ['-m', 'keyring']),
    createSecretTool(ask(secretTool)),
  ]
}

/** Runs one program as these options say. */
export function createKeyringAsk(command: string, { timeout = 120_000, env }: KeyringProgramsOptions): Ask {
  return createAsk(command, { timeout, env })
}

/** What the first program answers that can be used; or why none can. */
export async function byFirst<Answer>(
  programs: readonly KeyringProgram[],
  use: (program: KeyringProgram) => Promise<Answer>,
): Promise<Answer> {
  let reason = programMissing('A program that asks the keyring')
  for (const program of programs) {
    try {
      return await use(program)
    } catch (thrown) {
      if (!isUnusable(thrown)) throw thrown
      if (thrown.code !== 'credentials/program-missing') reason = thrown
    }
  }
  throw reason
}

const unusable: readonly string[] = ['credentials/program-missing', 'credentials/no-keyring']

/** Whether this says that there is no keyring, or no program that asks it. */
export function isUnusable(thrown: unknown): thrown is MailtideError {
  return thrown instanceof MailtideError && unusable.includes(thrown.code)
}

/** Whether this says that the keyring is locked. */
export function isLocked(thrown: unknown): boolean {
  return thrown instanceof MailtideError && thrown.code === 'credentials/locked'
}
