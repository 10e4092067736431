import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { flagLetters, type Resident, residentOf } from './census.ts'
import { modifiedUtf7 } from './modified-utf7.ts'

/** A message in a Maildir, and its file. */
export interface LocalResident extends Resident {
  readonly file: string
}

/** The directory of a folder in a tree named as OfflineIMAP names it: modified UTF-7, `sep` between the segments. */
export function maildirOf(root: string, folder: readonly string[], sep: '/' | '.'): string {
  return join(root, folder.map(modifiedUtf7).join(sep))
}

/** Everything in a tree of Maildirs. */
export function readMaildirs(root: string, sep: '/' | '.'): LocalResident[] {
  return globSync('**/cur', { cwd: root }).flatMap((cur) => {
    const directory = join(root, dirname(cur))
    const folder = dirname(cur).replaceAll(sep, '/')
    return ['cur', 'new'].flatMap((part) => {
      if (!existsSync(join(directory, part))) return []
      return readdirSync(join(directory, part)).map((name) => {
        const file = join(directory, part, name)
        return { ...residentOf(folder, readFileSync(file), lettersInName(name)), file }
      })
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
