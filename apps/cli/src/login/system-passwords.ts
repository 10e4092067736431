import type { CredentialSource } from './credential-source.ts'

/**
 * Where OfflineIMAP looks for a password that the rc file doesn't tell: netrc files, then the keyring. Looked for only when
 * it comes to it.
 */
export function systemPasswords(account: string, ignoreKeyring: boolean): CredentialSource[] {
  const netrc: CredentialSource = {
    async find(request, signal) {
      const { createNetrcProvider } = await import('@mailtide/credentials-netrc')
      return createNetrcProvider().find({ account, ...request }, signal)
    },
  }
  const keyring: CredentialSource = {
    async find(request, signal) {
      const { createKeyringProvider } = await import('@mailtide/credentials-keyring')
      return createKeyringProvider({ isOptional: true }).find({ account, ...request }, signal)
    },
  }
  return ignoreKeyring ? [netrc] : [netrc, keyring]
}
