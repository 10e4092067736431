import { type FolderPath, folderPath, segmentsOf } from '@mailtide/contracts'
import { separatorInName, unsuitableName } from './errors.ts'
import { decodeUtf7, encodeUtf7 } from './modified-utf7.ts'

/** Translates between the server's names, as latin1 octets, and paths. */
export interface FolderNames {
  /** The first argument of LIST, as octets. */
  readonly reference: string
  /** The path of a name whose levels are parted by `separator`; undefined for a server without levels. */
  toPath(name: string, separator: string | undefined): FolderPath
  /** The name that a path has, or would have: below the reference, unless it is INBOX. */
  toName(path: FolderPath, separator: string | undefined): string
  /** Throws unless a folder may be created under this path. */
  check(path: FolderPath, separator: string | undefined): void
}

/** The form in which names are shown: as the server writes them, or decoded where that can be undone. */
export function createFolderNames(form: 'utf-7' | 'utf-8', below = ''): FolderNames {
  const toWire = form === 'utf-8' ? encodeUtf7 : toOctets
  const reference = toWire(below)
  return {
    reference,
    toPath(name, separator) {
      if (name.toUpperCase() === 'INBOX') return folderPath(['INBOX'])
      const text = fromOctets(name)
      const levels = separator === undefined || separator === '' ? [text] : text.split(separator)
      return folderPath(form === 'utf-8' ? levels.map((level) => decodeUtf7(level) ?? level) : levels)
    },
    toName(path, separator) {
      const name = segmentsOf(path)
        .map(toWire)
        .join(separator ?? '/')
      return name.toUpperCase() === 'INBOX' ? 'INBOX' : belowReference(name, separator ?? '/')
    },
    check(path, separator) {
      for (const level of segmentsOf(path)) {
        if (separator && level.includes(separator)) throw separatorInName(level, separator)
        if (/[\x00-\x1f\x7f]/.test(level)) throw unsuitableName(level)
        if (form === 'utf-7' && decodeUtf7(level) === undefined) throw unsuitableName(level)
      }
    },
  }

  function belowReference(name: string, separator: string): string {
    const isOpen = separator !== '' && reference.endsWith(separator)
    const root = isOpen ? reference.slice(0, -separator.length) : reference
    return root === '' || name === root || name.startsWith(root + separator) ? name : root + separator + name
  }
}

// Names in raw UTF-8 come from servers that know no better; whatever else it is stays octet by octet.
function fromOctets(name: string): string {
  if (!/[\x80-\xff]/.test(name)) return name
  const octets = Buffer.from(name, 'latin1')
  const text = octets.toString('utf8')
  return Buffer.from(text, 'utf8').equals(octets) ? text : name
}

function toOctets(text: string): string {
  return /[^\x00-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text
}
