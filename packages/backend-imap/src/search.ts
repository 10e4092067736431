import { refused } from './errors.ts'
import { isAtEnd, readNumber, readText, skipSpaces, skipValue, take, takeOpen } from './reader.ts'
import type { Session } from './session.ts'
import { parseUidRanges } from './uid-set.ts'

/** Asks which UIDs match, and answers ranges; as ESEARCH (RFC 4731) where offered, since that stays short. */
export async function searchUids({ connection, offers }: Session, criteria: string): Promise<number[]> {
  const numbers: number[] = []
  const sets: string[] = []
  // iCloud answers a bare ALL with UIDs that it can't fetch.
  const asked = criteria === 'ALL' ? 'UID 1:*' : criteria
  const end = await connection.ask([`UID SEARCH ${offers('ESEARCH') ? 'RETURN (ALL) ' : ''}${asked}`], {
    hear({ kind, reader }) {
      if (kind === 'SEARCH') {
        while (!isAtEnd(reader)) {
          const number = readNumber(reader)
          if (number > 0) numbers.push(number)
          else skipValue(reader)
        }
        return true
      }
      if (kind !== 'ESEARCH') return false
      if (takeOpen(reader)) {
        while (!take(reader, 41)) {
          skipValue(reader)
          skipSpaces(reader)
        }
      }
      while (!isAtEnd(reader)) {
        const name = readText(reader)?.toUpperCase()
        if (name === 'ALL') sets.push(readText(reader) ?? '')
        else if (name !== 'UID') skipValue(reader)
      }
      return true
    },
  })
  if (end.status !== 'OK') throw refused('a search', end, 'folder')
  return sets.length > 0 ? parseUidRanges(sets.join(',')) : rangesOf(numbers)
}

function rangesOf(numbers: number[]): number[] {
  const ranges: number[] = []
  for (const number of Uint32Array.from(numbers).sort()) {
    const last = ranges.length - 1
    if (last > 0 && number <= ranges[last]! + 1) ranges[last] = number
    else ranges.push(number, number)
  }
  return ranges
}
