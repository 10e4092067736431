import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How many messages a Maildir holds. */
export function countFiles(folder: string): number {
  return ['new', 'cur'].reduce((sum, part) => sum + namesIn(join(folder, part)).length, 0)
}

/** The bytes of all messages of a Maildir. */
export function readFiles(folder: string): Buffer[] {
  return ['new', 'cur'].flatMap((part) =>
    namesIn(join(folder, part)).map((name) => readFileSync(join(folder, part, name))),
  )
}

function namesIn(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : []
}
