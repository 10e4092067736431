import type { SectionReader } from './section-reader.ts'

/** A reader of a section that has this option. */
type DayReader<Name extends string> = Pick<
  SectionReader<Record<Name, { readonly type: 'text'; readonly meaning: string }>>,
  'text' | 'problem'
>

/** Reads a day, written YYYY-MM-DD; undefined where the option is unset or no day. */
export function readDay<Name extends string>(reader: DayReader<Name>, name: Name): string | undefined {
  const text = reader.text(name as never) ?? ''
  if (text === '') return undefined
  if (isDay(text)) return text
  reader.problem('error', name as never, `${name} is '${text}', which is no day`, 'Write YYYY-MM-DD, from 1900 on.')
  return undefined
}

/** Whether a text is a day of the calendar, written YYYY-MM-DD, from 1900 on. */
export function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)?.map(Number) ?? []
  const daysOf = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
  return year >= 1900 && day >= 1 && day <= daysOf
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
