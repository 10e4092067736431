import type { LoginConfig } from '@mailtide/config'
import { isSimple, openProvider } from './open-provider.ts'

/** Every mistake in the arguments of the providers that an account names. No provider is asked for anything. */
export async function mistakesInLogin({ userProvider, passwordProvider, oauth2 }: LoginConfig): Promise<unknown[]> {
  const mistakes: unknown[] = []
  for (const choice of [userProvider, passwordProvider, oauth2.tokenProvider]) {
    if (!isSimple(choice)) continue
    await openProvider(choice, 'password').catch((thrown: unknown) => mistakes.push(thrown))
  }
  return mistakes
}
