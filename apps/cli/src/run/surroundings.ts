import { homedir } from 'node:os'

/** What a run is told of the process that it is in. */
export interface Surroundings {
  readonly home: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly directory: string
  /** The command line, without the program. */
  readonly words: readonly string[]
}

/** Those of this process. */
export function ownSurroundings(words: readonly string[]): Surroundings {
  return { home: homedir(), environment: process.env, directory: process.cwd(), words }
}
