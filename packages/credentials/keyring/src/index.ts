export { createKeyringProvider, type KeyringProviderOptions } from './create-keyring-provider.ts'
export { createKeyringStore, type KeyringStoreOptions } from './create-keyring-store.ts'
export { type KeyringArgument, parseKeyringArgument } from './parse-keyring-argument.ts'
