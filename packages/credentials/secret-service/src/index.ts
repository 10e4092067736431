export { createSecretServiceProvider, type SecretServiceProviderOptions } from './create-secret-service-provider.ts'
export { createSecretServiceStore, type SecretServiceStoreOptions } from './create-secret-service-store.ts'
export { parseSecretServiceArgument, type SecretServiceArgument } from './parse-secret-service-argument.ts'
