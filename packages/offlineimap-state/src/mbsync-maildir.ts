import { mbsyncDamaged } from './errors.ts'
import { readText, uidOf } from './read-text.ts'

/** The UIDs of a Maildir that mbsync numbers by file names. */
export interface MbsyncUidValidity {
  readonly uidValidity: string
  /** The highest UID given out so far; 0 if none was. */
  readonly lastUid: number
}

/** Reads `.uidvalidity` of a Maildir, two lines: UIDVALIDITY and the highest UID so far. Undefined if there is none. */
export function readMbsyncUidValidity(file: string): MbsyncUidValidity | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const [, uidValidity, last] = /^(\d+)\n(\d+)\n?$/.exec(text) ?? []
  if (!uidValidity) throw mbsyncDamaged(file, 'it is not two numbers')
  return { uidValidity, lastUid: Number(last) }
}

/** The UID in a file name of such a Maildir, `1795400827.28967_2.vm,U=2:2,FS`; undefined in one that is new to mbsync. */
export function mbsyncUidOf(fileName: string): number | undefined {
  const [baseName = ''] = fileName.split(':', 1)
  const [, digits = ''] = /,U=(\d+)(?:,|$)/.exec(baseName) ?? []
  return uidOf(digits)
}
