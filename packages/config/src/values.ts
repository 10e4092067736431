import { strip } from './python-text.ts'

/** A value of an option, or why its text is none: a phrase that goes on after the option's name. */
export type Parsed<T> = { readonly value: T } | { readonly wrong: string; readonly hint?: string }

const booleans: Readonly<Record<string, boolean>> = {
  __proto__: null as never,
  '1': true,
  yes: true,
  true: true,
  on: true,
  '0': false,
  no: false,
  false: false,
  off: false,
}

/** ConfigParser's `getboolean`. */
export function parseBoolean(text: string): Parsed<boolean> {
  const value = booleans[text.toLowerCase()]
  if (value !== undefined) return { value }
  return { wrong: `wants yes or no, not '${text}'`, hint: 'Also understood: 1/0, true/false, on/off.' }
}

/** Python's `int()`. */
export function parseInteger(text: string): Parsed<number> {
  const digits = strip(text)
  const value = /^[+-]?\d+(_\d+)*$/.test(digits) ? Number(digits.replaceAll('_', '')) : Number.NaN
  if (Number.isSafeInteger(value)) return { value }
  return { wrong: `wants a whole number, not '${text}'`, hint: 'Write digits only, without a unit.' }
}

/** Python's `float()`, less infinity and not-a-number, which no option can use. */
export function parseNumber(text: string): Parsed<number> {
  const digits = strip(text)
  const isNumber = /^[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[+-]?\d+(_\d+)*)?$/i.test(digits)
  const value = isNumber ? Number(digits.replaceAll('_', '')) : Number.NaN
  if (Number.isFinite(value)) return { value }
  return { wrong: `wants a number, not '${text}'`, hint: 'Write digits only, with a point if need be, without a unit.' }
}

/** A comma-separated list. Blanks around the entries do not count, nor do empty entries. */
export function parseList(text: string): string[] {
  return text
    .split(',')
    .map(strip)
    .filter((entry) => entry !== '')
}
