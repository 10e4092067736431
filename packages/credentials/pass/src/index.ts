export { createPassProvider, type PassProviderOptions } from './create-pass-provider.ts'
export { type PassArgument, parsePassArgument } from './parse-pass-argument.ts'
