export { createGpgProvider, type GpgProviderOptions } from './create-gpg-provider.ts'
export { type GpgArgument, parseGpgArgument } from './parse-gpg-argument.ts'
