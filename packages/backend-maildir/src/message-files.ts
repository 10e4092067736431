import { join } from 'node:path'
import type { MessageId } from '@mailtide/contracts'
import { asFileError, isSystemError } from '@mailtide/durable-fs'
import { unreadable } from './errors.ts'
import { type Place, type Scan, scanMaildir } from './scan.ts'

/** A message's file, where it was seen last. */
export interface MessageFile {
  readonly place: Place
  /** Other files of the same base name. */
  readonly spares: readonly Place[]
}

/**
 * Does something with a message's file. If a mail client renamed it meanwhile it is looked for and tried again. Undefined
 * if it is gone. One finder serves one batch: what a whole look in that batch did not find is not looked for again.
 */
export type Finder = <T>(id: MessageId, attempt: (file: MessageFile) => T) => T | undefined

/** Knows where the files of one folder are, without looking before it has to. */
export interface MessageFiles {
  /** Reads both directories, and goes by what is found from then on. */
  look(): Scan
  /** Goes by what was found earlier. */
  use(scan: Scan): void
  finder(): Finder
  /** Takes note that a message's file now is here, or nowhere. */
  note(id: MessageId, place: Place | undefined): void
}

const longestChase = 4

/** The files of the Maildir in this directory. */
export function createMessageFiles(directory: string): MessageFiles {
  let seen: Scan | undefined
  const noted = new Map<string, Place | undefined>()

  function use(scan: Scan): void {
    seen = scan
    noted.clear()
  }

  function look(): Scan {
    const scan = scanOf(directory)
    use(scan)
    return scan
  }

  function fileOf(id: MessageId): MessageFile | undefined {
    const place = noted.has(id) ? noted.get(id) : seen?.places.get(id)
    return place === undefined ? undefined : { place, spares: seen?.spares.get(id) ?? [] }
  }

  return {
    look,
    use,
    finder() {
      let looked = false
      const lookAgain = () => {
        look()
        looked = true
      }
      return (id, attempt) => {
        if (!fileOf(id) && !looked) lookAgain()
        let missing: unknown
        for (let chase = 0; chase < longestChase; chase++) {
          const file = fileOf(id)
          if (!file) return undefined
          try {
            return attempt(file)
          } catch (thrown) {
            if (!isMissing(thrown)) throw thrown
            missing = thrown
            lookAgain()
          }
        }
        throw unreadable(join(directory, id), missing)
      }
    },
    note(id, place) {
      noted.set(id, place)
    },
  }
}

/** The path of a file in a Maildir. Names that are not ASCII are octets in Latin1. */
export function filePath(directory: string, part: string, name: string): string | Buffer {
  const path = join(directory, part)
  return /^[\x20-\x7e]*$/.test(name)
    ? `${path}/${name}`
    : Buffer.concat([Buffer.from(`${path}/`), Buffer.from(name, 'latin1')])
}

/** The path of a message's file. */
export function placePath(directory: string, id: string, place: Place): string | Buffer {
  return filePath(directory, place.slice(0, 3), id + place.slice(3))
}

/** Whether a system call failed because the file was not there. */
export function isMissing(thrown: unknown): boolean {
  return isSystemError(thrown) && thrown.code === 'ENOENT'
}

function scanOf(directory: string): Scan {
  try {
    return scanMaildir(directory)
  } catch (thrown) {
    throw asFileError(directory, thrown)
  }
}
