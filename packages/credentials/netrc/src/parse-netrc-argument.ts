import { homedir } from 'node:os'
import { join } from 'node:path'
import type { NetrcProviderOptions } from './create-netrc-provider.ts'

/**
 * Reads the argument of `netrc:`: nothing for the usual files, or the name of a file, in which `~/` is the home
 * directory.
 */
export function parseNetrcArgument(text: string, home: string = homedir()): NetrcProviderOptions {
  const name = text.trim()
  if (name === '') return {}
  return { file: name.startsWith('~/') ? join(home, name.slice(2)) : name }
}
