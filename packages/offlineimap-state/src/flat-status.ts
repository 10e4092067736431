import { stateDamaged, versionUnknown } from './errors.ts'
import { readText, uidOf } from './read-text.ts'
import { type OfflineImapStatus, parseLabels, type StatusEntry } from './status.ts'

const firstLine = /^OFFLINEIMAP LocalStatus CACHE DATA - DO NOT MODIFY - FORMAT (\d+)$/

/**
 * Reads a file of `LocalStatus`, the kind that OfflineIMAP kept before SQLite; undefined if there is none.
 *
 * | format | a line a message                |
 * | ------ | ------------------------------- |
 * | 1      | `uid:flags`                     |
 * | 2      | `uid\|flags\|mtime\|label, label` |
 */
export function readFlatStatus(file: string): OfflineImapStatus | undefined {
  const text = readText(file)
  if (text === undefined) return undefined
  const [marker = '', ...lines] = text.replace(/\n$/, '').split('\n')
  const format = firstLine.exec(marker)?.[1]
  if (format === undefined) throw stateDamaged(file, 'it does not begin as such a file does')
  if (format !== '1' && format !== '2') throw versionUnknown(file, format)
  const parse = format === '1' ? parseFirst : parseSecond
  const entries = new Map<number, StatusEntry>()
  for (const [index, line] of lines.entries()) {
    const entry = parse(line)
    if (!entry) throw stateDamaged(file, `line ${index + 2} is no message`)
    entries.set(entry.uid, entry)
  }
  const sorted = [...entries.values()].sort((a, b) => a.uid - b.uid)
  return { file, format: 'flat', count: sorted.length, entries: sorted }
}

function parseFirst(line: string): StatusEntry | undefined {
  const [, digits = '', letters = ''] = /^(\d+):(\w*)$/.exec(line) ?? []
  const uid = uidOf(digits)
  return uid ? { uid, letters, labels: [], mtime: 0 } : undefined
}

function parseSecond(line: string): StatusEntry | undefined {
  const [, digits = '', letters = '', mtime = '', labels = ''] = /^(\d+)\|(\w*)\|(\d+)\|(.*)$/.exec(line) ?? []
  const uid = uidOf(digits)
  return uid ? { uid, letters, labels: parseLabels(labels), mtime: Number(mtime) } : undefined
}
