import { fieldText, headerFields } from './header-fields.ts'

/**
 * When a message was written, by its first `Date` (or another field that holds a date). Undefined where there is none,
 * where it cannot be read or cannot be, and for years before 1981, as OfflineIMAP does.
 */
export function dateOf(head: Uint8Array, headerName = 'Date'): Date | undefined {
  const name = headerName.toLowerCase()
  for (const field of headerFields(head)) {
    if (field.name === name) return parseDate(fieldText(head, field))
  }
  return undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 5322, 4.3: hours from UTC. All other letters, and names nobody knows, say nothing: they are read as UTC. */
const namedZones = new Map([
  ['edt', -4],
  ['est', -5],
  ['cdt', -5],
  ['cst', -6],
  ['mdt', -6],
  ['mst', -7],
  ['pdt', -7],
  ['pst', -8],
])

const earliestYear = 1981

const dateTime =
  /^(?:[a-z]+ ?,? ?)?(\d{1,2})[ -]?([a-z]{3})[a-z]*[ -]?(\d{2,4}) (\d{1,2}) ?: ?(\d{2})(?: ?: ?(\d{2})(?:\.\d+)?)?(?: ?(?:gmt|utc?)?([+-]\d{4}|[a-z]+)\b.*)?$/

/**
 * Reads a date of RFC 5322, 3.3, and its obsolete forms (4.3): comments and blanks anywhere, years of two and three
 * digits, zones by name. A second of 60 is the first of the next minute.
 */
function parseDate(text: string): Date | undefined {
  const plain = withoutComments(text)
    .replace(/[ \t]+/g, ' ')
    .trim()
    .toLowerCase()
  const [, day, month = '', year = '', hour, minute, second = '0', zone = ''] = dateTime.exec(plain) ?? []
  const found = {
    year: fullYear(year),
    month: months.indexOf(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  }
  const offset = offsetOf(zone)
  if (offset === undefined || !isPossible(found)) return undefined
  return new Date(
    Date.UTC(found.year, found.month, found.day, found.hour, found.minute, found.second) - offset * 60_000,
  )
}

interface DateParts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

function isPossible({ year, month, day, hour, minute, second }: DateParts): boolean {
  if (!(year >= earliestYear && month >= 0 && day >= 1 && hour <= 23 && minute <= 59 && second <= 60)) return false
  return day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
}

/** RFC 5322, 4.3: 00 to 49 are years after 2000, other years of two or three digits are after 1900. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length >= 4) return year
  return digits.length === 2 && year < 50 ? year + 2000 : year + 1900
}

/** Minutes that the zone is ahead of UTC; undefined for one that cannot be. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? []
  if (sign === undefined) return (namedZones.get(zone) ?? 0) * 60
  if (Number(minutes) > 59) return undefined
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}

/** RFC 5322, 3.2.2: comments nest, and a backslash takes the meaning from what follows it. */
function withoutComments(text: string): string {
  let depth = 0
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '\\' && depth > 0) at++
    else if (character === '(') depth++
    else if (character === ')' && depth > 0) depth--
    else if (depth === 0) plain += character
    if (depth > 0 || character === ')') plain += ' '
  }
  return plain
}
