export { createSecretServiceProvider, type SecretServiceProviderOptions } from './create-secret-service-provider.ts'
export { parseSecretServiceArgument, type SecretServiceArgument } from './parse-secret-service-argument.ts'
