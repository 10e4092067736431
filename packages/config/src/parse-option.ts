import type { Option } from './option.ts'
import { type PathContext, parsePath } from './paths.ts'
import { type Parsed, parseBoolean, parseInteger, parseList, parseNumber } from './values.ts'

/** What an option's text can come out as. */
export type OptionValue = string | number | boolean | readonly string[]

/** Reads an option's text as its type. */
export function parseOption(option: Option, text: string, context: PathContext): Parsed<OptionValue> {
  switch (option.type) {
    case 'text':
    case 'secret':
    case 'python':
      return { value: text }
    case 'boolean':
      return parseBoolean(text)
    case 'integer':
      return parseInteger(text)
    case 'number':
      return parseNumber(text)
    case 'list':
      return { value: parseList(text) }
    case 'path':
      return parsePath(text, 'tilde+env', context)
    case 'tilde path':
      return parsePath(text, 'tilde', context)
  }
}

/** Whether a value says what leaving the option out would say. */
export function asksForNothing(option: Option, text: string): boolean {
  if (text === (option.default ?? '') || option.accepts?.(text)) return true
  switch (option.type) {
    case 'boolean':
      return sameValue(parseBoolean(text), parseBoolean(option.default ?? ''))
    case 'integer':
      return sameValue(parseInteger(text), parseInteger(option.default ?? ''))
    default:
      return text === ''
  }
}

function sameValue<T>(a: Parsed<T>, b: Parsed<T>): boolean {
  return 'value' in a && 'value' in b && a.value === b.value
}
