export { type CommandProviderOptions, createCommandProvider } from './create-command-provider.ts'
export { createOamaProvider, type OamaProviderOptions } from './create-oama-provider.ts'
export { type CommandLine, parseCommandArgument } from './parse-command-argument.ts'
export { type OamaArgument, parseOamaArgument } from './parse-oama-argument.ts'
