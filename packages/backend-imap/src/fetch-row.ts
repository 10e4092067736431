import { createSetInterner, type FlagSet, type LabelSet } from '@mailtide/contracts'
import { protocolError } from './errors.ts'
import { parseInternalDate } from './internal-date.ts'
import {
  isAtEnd,
  isLiteralNext,
  type Reader,
  readFlatList,
  readLiteral,
  readNumber,
  readText,
  skipSpaces,
  skipValue,
  takeClose,
  takeOpen,
} from './reader.ts'

/** What one FETCH response told of one message; filled anew for each response. */
export interface FetchRow {
  /** 0 where the server left it out. */
  uid: number
  flags: FlagSet | undefined
  labels: LabelSet | undefined
  /** -1 where it is not known. */
  size: number
  receivedAt: Date | undefined
  /** A BODY[…] item came, with octets or with NIL. */
  hasBody: boolean
  /** Its octets; undefined for NIL, or if they were received elsewhere. */
  body: Buffer | undefined
}

/** Reads the items of FETCH responses, in whatever order they come, into the same row each time. */
export function createFetchReader(readFlags: (list: string) => FlagSet): (reader: Reader) => FetchRow {
  const internLabels = createSetInterner()
  const row: FetchRow = {
    uid: 0,
    flags: undefined,
    labels: undefined,
    size: -1,
    receivedAt: undefined,
    hasBody: false,
    body: undefined,
  }
  return (reader) => {
    row.uid = 0
    row.flags = undefined
    row.labels = undefined
    row.size = -1
    row.receivedAt = undefined
    row.hasBody = false
    row.body = undefined
    if (!takeOpen(reader)) throw protocolError('FETCH without a list')
    while (!takeClose(reader)) readItem(reader, row, { readFlags, internLabels })
    return row
  }
}

/** What a FETCH response has told before its first literal begins. */
export function peekFetchRow(textSoFar: string): { uid: number; flags: string; receivedAt: Date } | undefined {
  const match = /^\* +\d+ +FETCH +\((?:.*[ (])?BODY\[\](?:<\d+>)? *~?\{\d+\+?\}$/i.exec(textSoFar)
  if (!match) return undefined
  const uid = /[ (]UID +(\d+)/i.exec(textSoFar)
  const flags = /[ (]FLAGS +\(([^)]*)\)/i.exec(textSoFar)
  const date = /[ (]INTERNALDATE +"([^"]*)"/i.exec(textSoFar)
  const receivedAt = date && parseInternalDate(date[1]!)
  return uid && flags && receivedAt ? { uid: Number(uid[1]), flags: flags[1]!, receivedAt } : undefined
}

interface SetReaders {
  readFlags(list: string): FlagSet
  internLabels(labels: Iterable<string>): LabelSet
}

function readItem(reader: Reader, row: FetchRow, { readFlags, internLabels }: SetReaders): void {
  const name = readItemName(reader)
  skipSpaces(reader)
  switch (name) {
    case 'UID':
      row.uid = Math.max(0, readNumber(reader))
      return
    case 'FLAGS': {
      const list = readFlatList(reader)
      if (list === undefined) throw protocolError('FLAGS without a list')
      row.flags = readFlags(list)
      return
    }
    case 'X-GM-LABELS':
      row.labels = internLabels(readLabels(reader))
      return
    case 'RFC822.SIZE':
      row.size = readNumber(reader)
      return
    case 'INTERNALDATE':
      row.receivedAt = parseInternalDate(readText(reader) ?? '')
      return
  }
  if (!name.startsWith('BODY[')) {
    skipValue(reader)
    return
  }
  row.hasBody = true
  if (isLiteralNext(reader)) row.body = readLiteral(reader)
  else {
    const text = readText(reader)
    if (text?.startsWith('{')) throw protocolError('a body without its octets')
    row.body = text === undefined ? undefined : Buffer.from(text, 'latin1')
  }
}

/**
 * A list of labels. Gmail writes them as atoms, quoted with their backslash doubled, or as literals; a label may be called
 * NIL, and may hold characters that no atom of RFC 9051 does, brackets among them.
 */
function readLabels(reader: Reader): string[] {
  if (!takeOpen(reader)) throw protocolError('X-GM-LABELS without a list')
  const labels: string[] = []
  while (!takeClose(reader)) {
    if (isAtEnd(reader)) throw protocolError('a list without an end')
    const octets = readText(reader) ?? 'NIL'
    labels.push(/[\x80-\xff]/.test(octets) ? Buffer.from(octets, 'latin1').toString('utf8') : octets)
  }
  return labels
}

/** An item's name in upper case; a section in brackets belongs to it, spaces and all. */
function readItemName(reader: Reader): string {
  const { text } = reader
  const start = reader.at
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 32 || code === 40 || code === 41) break
    if (code === 91) {
      const end = text.indexOf(']', at)
      if (end === -1) throw protocolError('a section without an end')
      at = end
    }
  }
  if (at === start) throw protocolError('FETCH without an item')
  reader.at = at
  return text.slice(start, at).toUpperCase()
}
