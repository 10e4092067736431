import type { Origin } from './problem.ts'

/** What `remotepassprovider` and `remoteuserprovider` can name. */
export const passwordProviders = [
  'command',
  'command-shell',
  'netrc',
  'gpg',
  'pass',
  'secret-service',
  'keyring',
] as const

/** What `oauth2_access_token_provider` can name. */
export const tokenProviders = ['oauth2', 'oama', 'command', 'command-shell'] as const

/** Where the tokens of a login can be kept, in the order of preference behind `auto`. */
export const tokenStores = ['auto', 'secret-service', 'keyring', 'pass', 'file'] as const

/** The name of a provider of passwords. */
export type PasswordProviderName = (typeof passwordProviders)[number]

/** The name of a provider of access tokens. */
export type TokenProviderName = (typeof tokenProviders)[number]

/** A credential provider that an rc file chooses, written `NAME:ARGUMENT`. */
export interface ProviderChoice<Name extends string = PasswordProviderName | TokenProviderName> {
  readonly name: Name
  readonly argument: string
  readonly option: string
  readonly origin: Origin
}
