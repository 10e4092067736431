export { createPassProvider, type PassProviderOptions } from './create-pass-provider.ts'
export { createPassStore, type PassStoreOptions } from './create-pass-store.ts'
export { type PassArgument, parsePassArgument } from './parse-pass-argument.ts'
