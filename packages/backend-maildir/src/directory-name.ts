import { type FolderPath, folderPath, segmentsOf } from '@mailtide/contracts'
import { nameTooLong, separatorInName } from './errors.ts'

/**
 * Turns folder paths into directories below the root and back again, one to one.
 *
 * Names stay as OfflineIMAP writes them; only what cannot be a directory here is escaped, and a percent sign where
 * it could be read as such an encode. The folder with the empty path is the root itself.
 *
 * | in the name             | in the directory      |
 * | ----------------------- | --------------------- |
 * | `100% [a] &APw-`        | `100% [a] &APw-`      |
 * | `/`, NUL                | `%2F`, `%00`          |
 * | half a surrogate pair   | `%uD83D`              |
 * | `.`, `..` (whole name)  | `%2E`, `%2E.`         |
 * | `cur`, `new`, `tmp`     | `%63ur`, `%6Eew`, `%74mp` |
 * | empty, where nested     | `%empty`              |
 * | `%2F`, `%252F`          | `%252F`, `%25252F`    |
 */
export interface DirectoryNames {
  /** The directory of a folder, relative to the root. Throws for a path that cannot be stored in this tree. */
  directoryOf(path: FolderPath): string
  /** The folder of a directory; undefined for one that no folder has. */
  pathOf(directory: string): FolderPath | undefined
}

const longestName = 255

/** The names of a tree with this separator: `/` nests directories, all others keep them flat below the root. */
export function createDirectoryNames(separator: string): DirectoryNames {
  const nested = separator === '/'
  const { encode, decode } = createNameCode(nested)

  const join = (segments: readonly string[]) => {
    if (segments.length === 1 && segments[0] === '') return ''
    return nested ? segments.map(encode).join('/') : encode(segments.join(separator))
  }
  const split = (directory: string) => (nested ? directory.split('/').map(decode) : decode(directory).split(separator))

  return {
    directoryOf(path) {
      const segments = segmentsOf(path)
      const directory = join(segments)
      if (folderPath(split(directory)) !== path) throw separatorInName(segments, separator)
      const tooLong = directory.split('/').find((name) => Buffer.byteLength(name) > longestName)
      if (tooLong !== undefined) throw nameTooLong(tooLong)
      return directory
    },
    pathOf(directory) {
      const segments = split(directory)
      return join(segments) === directory ? folderPath(segments) : undefined
    },
  }
}

const escapeCodes = '(00|2F|uD[89A-F][0-9A-F]{2})'
const ambiguousPercent = new RegExp(`%(?=(?:25)*${escapeCodes})`, 'g')
const escaped = new RegExp(`%((?:25)*)${escapeCodes}`, 'g')

function createNameCode(nested: boolean) {
  const reserved = ['.', '..', 'cur', 'new', 'tmp', '.mailtide-id', ...(nested ? [''] : [])]
  const imageOf = new Map(reserved.map((name) => [name, imageOfReserved(name)]))
  const reservedOf = new Map(reserved.map((name) => [imageOfReserved(name), name]))
  const readsAsReserved = (name: string) => reservedOf.has(name.replace(/^%(?:25)+/, '%'))

  return {
    encode(name: string): string {
      const image = imageOf.get(name)
      if (image !== undefined) return image
      if (readsAsReserved(name)) return `%25${name.slice(1)}`
      return name
        .replace(ambiguousPercent, '%25')
        .replaceAll('/', '%2F')
        .replaceAll('\0', '%00')
        .replace(/\p{Surrogate}/gu, (half) => `%u${hex(half)}`)
    },
    decode(name: string): string {
      const original = reservedOf.get(name)
      if (original !== undefined) return original
      if (readsAsReserved(name)) return `%${name.slice(3)}`
      return name.replace(escaped, (_, levels: string, code: string) =>
        levels === '' ? String.fromCharCode(Number.parseInt(code.replace('u', ''), 16)) : `%${levels.slice(2)}${code}`,
      )
    },
  }
}

function imageOfReserved(name: string): string {
  return name === '' ? '%empty' : `%${hex(name)}${name.slice(1)}`
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase()
}
