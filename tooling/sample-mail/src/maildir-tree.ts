import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flagLetters, type Resident, residentOf } from './census.ts'
import { modifiedUtf7 } from './modified-utf7.ts'

/** The directory of a folder in a tree whose directories are nested and named as OfflineIMAP names them. */
export function maildirOf(root: string, folder: readonly string[]): string {
  return join(root, ...folder.map(modifiedUtf7))
}

/** Everything in a tree of Maildirs; the folders' names are in modified UTF-7, as their directories are. */
export function readMaildirs(root: string): Resident[] {
  return globSync('**/cur', { cwd: root }).flatMap((cur) => {
    const folder = dirname(cur)
    return ['cur', 'new'].flatMap((part) => {
      const directory = join(root, folder, part)
      if (!existsSync(directory)) return []
      return readdirSync(directory).map((name) =>
        residentOf(folder, readFileSync(join(directory, name)), lettersInName(name)),
      )
    })
  })
}

const known = new Set(flagLetters.values())

function lettersInName(name: string): string {
  const info = /:2,(\w*)$/.exec(name)?.[1] ?? ''
  return [...info]
    .filter((letter) => known.has(letter))
    .sort()
    .join('')
}
