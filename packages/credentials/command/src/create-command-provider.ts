import { basename } from 'node:path'
import {
  type Credential,
  type CredentialProvider,
  type CredentialRequest,
  createSecret,
  MailtideError,
} from '@mailtide/contracts'
import { runProgram } from '@mailtide/run-program'
import { programFailed, programKilled, programMissing, programTimedOut, programUnusable } from './errors.ts'

/** Which program is asked, and for how long. */
export interface CommandProviderOptions {
  /** A program and its arguments, or one line for `/bin/sh`. */
  readonly command: { readonly program: string; readonly args?: readonly string[] } | { readonly shell: string }
  /** What it prints. Default: `password`. */
  readonly kind?: Credential['kind']
  /** Milliseconds. Default: one minute. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/**
 * A provider that runs a program and takes the first line that it prints; nothing printed is nothing found.
 *
 * For whom, the program finds in its environment: `MAILTIDE_ACCOUNT`, `MAILTIDE_HOST`, `MAILTIDE_PORT`, `MAILTIDE_USER`
 * (where a user is configured), and `MAILTIDE_REFUSED=1` where the server refused its last answer.
 */
export function createCommandProvider(options: CommandProviderOptions): CredentialProvider {
  const { command, kind = 'password', timeout = 60_000, env } = options
  const isShell = 'shell' in command
  const [program, args] = isShell ? ['/bin/sh', ['-c', command.shell]] : [command.program, command.args ?? []]
  const name = isShell ? 'sh' : basename(program)

  return {
    async find(request, signal) {
      const run = runProgram({
        command: program,
        args,
        name,
        env: { ...env, ...environmentFor(request) },
        timeout,
        signal,
        accepts: () => true,
      })
      const { exitCode, stdout, stderr } = await run.catch((thrown) => {
        throw asCommandError(thrown, name, timeout)
      })
      const printed = Buffer.from(stdout).toString()
      if (exitCode !== 0) throw programFailed(name, exitCode, without(stderr, printed))
      const [secret = ''] = printed.split(/\r?\n/, 1)
      return secret === '' ? undefined : { kind, secret: createSecret(secret) }
    },
  }
}

function environmentFor({ account, host, port, user, refused }: CredentialRequest): Record<string, string> {
  return {
    MAILTIDE_ACCOUNT: account,
    MAILTIDE_HOST: host,
    MAILTIDE_PORT: String(port),
    ...(user !== undefined && { MAILTIDE_USER: user }),
    ...(refused && { MAILTIDE_REFUSED: '1' }),
  }
}

// A program that fails after it had the password may complain with the password in its mouth.
function without(said: string, printed: string): string {
  const lines = printed.split(/[\r\n]+/).map((line) => line.trim())
  return lines.filter((line) => line !== '').reduce((text, line) => text.replaceAll(line, '[secret]'), said)
}

function asCommandError(thrown: unknown, name: string, timeout: number): unknown {
  if (!(thrown instanceof MailtideError)) return thrown
  if (thrown.code === 'program/not-found') return programMissing(name, thrown)
  if (thrown.code === 'program/timeout') return programTimedOut(name, timeout)
  // Killed: what it said before that may hold the password.
  if (thrown.code === 'program/failed') return programKilled(name)
  return programUnusable(name, thrown)
}
