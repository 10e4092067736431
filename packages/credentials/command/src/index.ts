export { type CommandProviderOptions, createCommandProvider } from './create-command-provider.ts'
export { type CommandLine, parseCommandArgument } from './parse-command-argument.ts'
