import type { PasswordProviderName, ProviderChoice } from '@mailtide/config'
import type { CredentialRequest } from '@mailtide/contracts'
import { noUserThere } from '../errors.ts'
import { openProvider } from './open-provider.ts'

/**
 * The user that `remoteuserprovider` leads to: whose password an entry holds; or the value itself, where a program prints it
 * or a field of an entry is named. A password is never taken for a user.
 */
export async function userIn(
  choice: ProviderChoice<PasswordProviderName>,
  request: CredentialRequest,
  signal: AbortSignal,
): Promise<string> {
  const provider = await openProvider(choice, 'password')
  const found = await provider.find(request, signal)
  const isValue = /^command/.test(choice.name) || (/^(gpg|pass)$/.test(choice.name) && /#[^#]+$/.test(choice.argument))
  const user = isValue ? found?.secret.reveal() : found?.user
  if (user === undefined || user === '') throw noUserThere(`${choice.option} = ${choice.name}:${choice.argument}`)
  return user
}
