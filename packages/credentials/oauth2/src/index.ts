export { type OAuth2PresetName, type OAuth2Provider, oauth2Presets } from './presets.ts'
