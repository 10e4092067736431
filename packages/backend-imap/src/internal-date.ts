const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Reads ` 7-Feb-1994 21:52:25 -0800` (RFC 9051, 9: date-time); undefined for what is no such date. */
export function parseInternalDate(text: string): Date | undefined {
  const match = /^ ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d)(\d\d))?$/.exec(text)
  if (!match) return undefined
  const [, day, name, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match
  const month = months.findIndex((known) => known.toLowerCase() === name!.toLowerCase())
  if (month === -1) return undefined
  const zone = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === '-' ? -1 : 1)
  const date = new Date(0)
  date.setUTCFullYear(Number(year), month, Number(day))
  date.setUTCHours(Number(hour), Number(minute) - zone, Number(second))
  return date
}

/** Writes a date as APPEND wants it, in UTC; undefined for one outside of the years a server takes. */
export function formatInternalDate(date: Date): string | undefined {
  const year = date.getUTCFullYear()
  if (Number.isNaN(year) || year < 1970 || year > 9999) return undefined
  const day = String(date.getUTCDate()).padStart(2, ' ')
  return `${day}-${months[date.getUTCMonth()]}-${year} ${date.toISOString().slice(11, 19)} +0000`
}
