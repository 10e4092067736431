export { createKeyringProvider, type KeyringProviderOptions } from './create-keyring-provider.ts'
export { type KeyringArgument, parseKeyringArgument } from './parse-keyring-argument.ts'
