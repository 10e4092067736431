import type { CredentialProvider } from '@mailtide/contracts'
import { type CommandProviderOptions, createCommandProvider } from './create-command-provider.ts'
import { notAToken } from './errors.ts'
import type { OamaArgument } from './parse-oama-argument.ts'

/** Whose token is asked for, and how. */
export interface OamaProviderOptions extends OamaArgument, Pick<CommandProviderOptions, 'timeout' | 'env'> {
  /** Default: `oama`. */
  readonly command?: string
}

/**
 * A provider of the access tokens that oama looks after: `oama access ADDRESS` prints one that is fresh. Where the server
 * refused the last one, `oama renew ADDRESS` comes before.
 */
export function createOamaProvider({ address, command = 'oama', ...limits }: OamaProviderOptions): CredentialProvider {
  const running = (deed: string) =>
    createCommandProvider({ ...limits, command: { program: command, args: [deed, address] }, kind: 'access-token' })
  const renew = running('renew')
  const access = running('access')
  return {
    async find(request, signal) {
      if (request.refused) await renew.find(request, signal)
      const credential = await access.find(request, signal)
      // RFC 6750, 2.1: what a token may be made of. An error message or a prompt is not.
      if (credential && !/^[\w.~+/-]+=*$/.test(credential.secret.reveal())) throw notAToken(command)
      return credential
    },
  }
}
