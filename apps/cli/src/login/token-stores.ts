import { join } from 'node:path'
import type { OAuth2Config } from '@mailtide/config'
import type { PreferredTokenStore } from '@mailtide/credentials-oauth2'

/** Where the tokens of accounts are kept: in the first of these that can be used, or in the one that the rc file names. */
export async function openTokenStore(
  { tokenStore }: OAuth2Config,
  metadata: string,
  told: { kept?(place: string): void; passedOver?(place: string, reason: string): void } = {},
): Promise<PreferredTokenStore> {
  const [{ createSecretServiceStore }, { createKeyringStore }, { createPassStore }, oauth2] = await Promise.all([
    import('@mailtide/credentials-secret-service'),
    import('@mailtide/credentials-keyring'),
    import('@mailtide/credentials-pass'),
    import('@mailtide/credentials-oauth2'),
  ])
  const places = {
    'secret-service': { name: 'the secret service', store: createSecretServiceStore() },
    keyring: { name: 'the keyring', store: createKeyringStore() },
    pass: { name: 'pass', store: createPassStore() },
    file: {
      name: 'a file that only you can read',
      store: oauth2.createFileSecretStore((account) => join(metadata, `Account-${account}`, 'oauth2-tokens.json')),
    },
  }
  const chosen = tokenStore === 'auto' ? Object.values(places) : [places[tokenStore]]
  return oauth2.createPreferredTokenStore(chosen, {
    onKept: (_, place) => told.kept?.(place),
    onPassedOver: (place, reason) => told.passedOver?.(place, reason),
  })
}
