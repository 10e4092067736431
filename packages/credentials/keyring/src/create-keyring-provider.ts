import { type CredentialProvider, type CredentialRequest, createSecret, MailtideError } from '@mailtide/contracts'
import { notKept, programMissing } from './errors.ts'
import { createAsk, type KeyringEntry, type KeyringProgram } from './keyring-program.ts'
import { createMacosSecurity } from './macos-security.ts'
import { createPythonKeyring } from './python-keyring.ts'
import { createSecretTool } from './secret-tool.ts'

/** Which entry is asked for, and how. */
export interface KeyringProviderOptions {
  /** Default: the host. */
  readonly service?: string
  /** Default: the user that logs in. Without one there is nothing to be found. */
  readonly user?: string
  /**
   * Whether having no keyring at all, or no program that asks it, is nothing found rather than an error. Default: no.
   */
  readonly isOptional?: boolean
  /** Default: that of this process. */
  readonly platform?: NodeJS.Platform
  /** By what names, or paths, the programs are started. */
  readonly programs?: Partial<Record<'keyring' | 'python' | 'secretTool' | 'security', string>>
  /** Milliseconds a program, for somebody may have to unlock the keyring. Default: two minutes. */
  readonly timeout?: number
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

const unusable: readonly string[] = ['credentials/program-missing', 'credentials/no-keyring']

/**
 * A provider of the entries that python-keyring and the keychain of macOS hold. On macOS it asks `security`; elsewhere
 * the first of `keyring`, `python3 -m keyring` and `secret-tool` that is there and has a keyring to ask.
 */
export function createKeyringProvider(options: KeyringProviderOptions = {}): CredentialProvider {
  const { isOptional = false, timeout = 120_000, env, platform = process.platform } = options
  const {
    keyring = 'keyring',
    python = 'python3',
    secretTool = 'secret-tool',
    security = 'security',
  } = options.programs ?? {}
  const ask = (command: string) => createAsk(command, { timeout, env })
  const programs =
    platform === 'darwin'
      ? [createMacosSecurity(ask(security))]
      : [
          createPythonKeyring(ask(keyring)),
          createPythonKeyring(ask(python), ['-m', 'keyring']),
          createSecretTool(ask(secretTool)),
        ]

  function entryFor(request: CredentialRequest): KeyringEntry | undefined {
    const { service = request.host, user = request.user } = options
    return user === undefined ? undefined : { service, user }
  }

  return {
    async find(request, signal) {
      signal.throwIfAborted()
      const entry = entryFor(request)
      if (!entry) return undefined
      const secret = await byFirst(programs, (program) => program.read(entry, signal)).catch((thrown) => {
        if (isOptional && isUnusable(thrown)) return undefined
        throw thrown
      })
      return secret ? { kind: 'password', secret: createSecret(secret), user: entry.user } : undefined
    },

    async keep(request, { secret, user }, signal) {
      const entry = entryFor({ ...request, user: request.user ?? user })
      if (!entry) return
      await byFirst(programs, async (program) => {
        await program.write(entry, secret.reveal(), signal)
        if ((await program.read(entry, signal)) !== secret.reveal()) throw notKept(entry.service, entry.user)
      })
    },
  }
}

/** What the first program answers that can be used; or why none can. */
async function byFirst<Answer>(
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

function isUnusable(thrown: unknown): thrown is MailtideError {
  return thrown instanceof MailtideError && unusable.includes(thrown.code)
}
