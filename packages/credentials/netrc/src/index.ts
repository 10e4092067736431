export { createNetrcProvider, type NetrcProviderOptions } from './create-netrc-provider.ts'
export { parseNetrcArgument } from './parse-netrc-argument.ts'
