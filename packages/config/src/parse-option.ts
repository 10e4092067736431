import type { Option } from './option.ts'
import { type PathContext, parsePath } from './paths.ts'
import { type Parsed, parseBoolean, parseInteger, parseList, parseNumber } from './values.ts'

/** What an option's text can come out as. */
export type OptionValue = string | number | boolean | readonly string[]

/** Reads an option's text as its type. */
export function parseOption(option: Option, text: string, context: PathContext): Parsed<OptionValue> {
  switch (option.type) {
    case 'text':
    case 'template':
    case 'secret':
    case 'python':
    case 'rule':
      return { value: text }
    case 'boolean':
      return despiteComment(parseBoolean, text)
    case 'integer':
      return despiteComment(parseInteger, text)
    case 'number':
      return despiteComment(parseNumber, text)
    case 'list':
      return { value: parseList(text) }
    case 'path':
      return parsePath(text, 'tilde+env', context)
    case 'tilde path':
      return parsePath(text, 'tilde', context)
  }
}

/** OfflineIMAP stops at a comment that follows such a value on its line. What is meant is plain, so it is read. */
function despiteComment<T>(parse: (text: string) => Parsed<T>, text: string): Parsed<T> {
  const parsed = parse(text)
  if ('value' in parsed) return parsed
  const without = parse(text.replace(/\s+[#;].*$/s, ''))
  return 'value' in without ? without : parsed
}

/** Whether nothing is no value of this type, so that an option without one counts as unset. */
export function wantsSomething({ type }: Option): boolean {
  return ['boolean', 'integer', 'number', 'path', 'tilde path'].includes(type)
}
