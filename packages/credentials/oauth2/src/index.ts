export type { OAuth2Client, Surroundings } from './authorization-server.ts'
export {
  createOAuth2Provider,
  type OAuth2CredentialOptions,
  type Setting,
} from './create-oauth2-provider.ts'
export { createFileSecretStore } from './file-secret-store.ts'
export { createFileTokenStore } from './file-token-store.ts'
export { type BrowserLoginOptions, logInByBrowser } from './log-in-by-browser.ts'
export { type DeviceLoginOptions, type DevicePrompt, logInByDevice } from './log-in-by-device.ts'
export {
  createPreferredTokenStore,
  type NamedSecretStore,
  type PreferredTokenStore,
  type PreferredTokenStoreOptions,
} from './preferred-token-store.ts'
export { type OAuth2PresetName, type OAuth2Provider, oauth2Presets } from './presets.ts'
export { createTokenCommandProvider, type PrintToken } from './token-command-provider.ts'
export { createTokenStore, type TokenStore } from './token-store.ts'
export { formatTokens, parseTokens, type Tokens } from './tokens.ts'
