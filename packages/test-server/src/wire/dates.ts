const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const day = 24 * 60 * 60 * 1000

/** A date-time (RFC 3501, 9), always in UTC: ` 1-Feb-2026 03:04:05 +0000`. */
export function formatDateTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const dayOfMonth = String(date.getUTCDate()).padStart(2, ' ')
  const year = String(date.getUTCFullYear()).padStart(4, '0')
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${dayOfMonth}-${months[date.getUTCMonth()]}-${year} ${time} +0000`
}

/** Reads a date-time with any zone; undefined if it is none. */
export function parseDateTime(text: string): Date | undefined {
  const match = /^([ \d]\d)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text)
  if (!match) return undefined
  const [, dayOfMonth, monthName, year, hours, minutes, seconds, sign, zoneHours, zoneMinutes] = match
  const month = monthNumber(monthName!)
  if (month === -1) return undefined
  const local = Date.UTC(Number(year), month, Number(dayOfMonth), Number(hours), Number(minutes), Number(seconds))
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000
  return new Date(sign === '+' ? local - offset : local + offset)
}

/** Reads a date of SEARCH (`1-Feb-2026`) as the number of its day; undefined if it is none. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{1,2})-(\w{3})-(\d{4})$/.exec(text)
  const month = match ? monthNumber(match[2]!) : -1
  return match && month !== -1 ? Date.UTC(Number(match[3]), month, Number(match[1])) / day : undefined
}

/** The number of the day, in UTC, that a moment falls on. */
export function dayOf(date: Date): number {
  return Math.floor(date.getTime() / day)
}

/** The day named in a Date header, whatever its time and zone (RFC 3501, 6.4.4: both are disregarded). */
export function dayOfHeader(header: string): number | undefined {
  const match = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/.exec(header)
  return match ? parseDay(`${match[1]}-${match[2]}-${match[3]}`) : undefined
}

function monthNumber(name: string): number {
  return months.findIndex((month) => month.toLowerCase() === name.toLowerCase())
}
