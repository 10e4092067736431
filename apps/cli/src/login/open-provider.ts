import type { ProviderChoice } from '@mailtide/config'
import { type Credential, type CredentialProvider, MailtideError } from '@mailtide/contracts'

/** A provider that needs nothing but its argument. */
export type SimpleChoice = ProviderChoice<Exclude<ProviderChoice['name'], 'oauth2'>>

/** Whether there is a choice, and of a provider that needs nothing but its argument. */
export function isSimple<Name extends string>(
  choice: ProviderChoice<Name> | undefined,
): choice is ProviderChoice<Exclude<Name, 'oauth2'>> {
  return choice !== undefined && choice.name !== 'oauth2'
}

/** A provider that an rc file chooses. What stands behind its name is loaded when it is asked for. */
export async function openProvider(
  { name, argument, option, origin }: SimpleChoice,
  kind: Credential['kind'],
): Promise<CredentialProvider> {
  try {
    return await makers[name](argument, kind)
  } catch (thrown) {
    if (!(thrown instanceof MailtideError)) throw thrown
    const place = origin.line === undefined ? origin.file : `${origin.file}:${origin.line}`
    const { code, message, scope, retryable, hint } = thrown
    const options = { scope, retryable, cause: thrown, ...(hint === undefined ? {} : { hint }) }
    throw new MailtideError(code, `${option} (${place}): ${message}`, options)
  }
}

type Maker = (argument: string, kind: Credential['kind']) => Promise<CredentialProvider>

const makers: Readonly<Record<SimpleChoice['name'], Maker>> = {
  async command(argument, kind) {
    const { createCommandProvider, parseCommandArgument } = await import('@mailtide/credentials-command')
    return createCommandProvider({ command: parseCommandArgument(argument), kind })
  },
  async 'command-shell'(argument, kind) {
    const { createCommandProvider } = await import('@mailtide/credentials-command')
    return createCommandProvider({ command: { shell: argument }, kind })
  },
  async netrc(argument) {
    const { createNetrcProvider, parseNetrcArgument } = await import('@mailtide/credentials-netrc')
    return createNetrcProvider(parseNetrcArgument(argument))
  },
  async gpg(argument) {
    const { createGpgProvider, parseGpgArgument } = await import('@mailtide/credentials-gpg')
    return createGpgProvider(parseGpgArgument(argument))
  },
  async pass(argument) {
    const { createPassProvider, parsePassArgument } = await import('@mailtide/credentials-pass')
    return createPassProvider(parsePassArgument(argument))
  },
  async 'secret-service'(argument) {
    const { createSecretServiceProvider, parseSecretServiceArgument } = await import(
      '@mailtide/credentials-secret-service'
    )
    return createSecretServiceProvider(parseSecretServiceArgument(argument))
  },
  async keyring(argument) {
    const { createKeyringProvider, parseKeyringArgument } = await import('@mailtide/credentials-keyring')
    return createKeyringProvider(parseKeyringArgument(argument))
  },
  async oama(argument) {
    const { createOamaProvider, parseOamaArgument } = await import('@mailtide/credentials-command')
    return createOamaProvider(parseOamaArgument(argument))
  },
}
