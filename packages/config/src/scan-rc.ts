import type { Origin, Problem } from './problem.ts'
import { indentOf, strip, stripEnd } from './python-text.ts'

/** One option as the file has it: name in lower case, continuation lines joined, nothing interpolated. */
export interface ScannedOption {
  readonly section: string
  readonly option: string
  readonly value: string
  readonly origin: Origin
  /** The line of each row of the value, where it was written in a file. */
  readonly rows?: readonly number[]
}

/** What Python 3's ConfigParser calls the mistakes for which it refuses a file. */
export type ParserFault =
  | 'MissingSectionHeaderError'
  | 'DuplicateSectionError'
  | 'DuplicateOptionError'
  | 'ParsingError'

/** What stands in an rc file, in its order, duplicates included. */
export interface ScannedRc {
  readonly sections: readonly { readonly name: string; readonly origin: Origin }[]
  readonly options: readonly ScannedOption[]
  readonly problems: readonly Problem[]
  /** For what ConfigParser would refuse the file, in its order. */
  readonly faults: readonly ParserFault[]
}

interface OpenOption extends Omit<ScannedOption, 'value' | 'rows'> {
  readonly lines: string[]
  readonly rows: number[]
}

const sectionHeader = /^\[([^\n]+)\]/
const optionHeader = /^([^\n]*?)[=:]([^\n]*)$/

/**
 * Splits rc text into sections and options by the rules of Python 3's ConfigParser.
 *
 * | line                                   | is                                                       |
 * | -------------------------------------- | -------------------------------------------------------- |
 * | first non-blank is `#` or `;`          | a comment, wherever it stands                            |
 * | blank                                  | an empty line of the value above, dropped at its end     |
 * | indented deeper than the option above  | a further line of that option's value, whatever it holds |
 * | `[name] anything`                      | a section header                                         |
 * | `name = value`, `name: value`          | an option; the first delimiter counts                    |
 * | anything else                          | an error                                                 |
 */
export function scanRc(text: string, file: string): ScannedRc {
  const sections: { name: string; origin: Origin }[] = []
  const options: OpenOption[] = []
  const problems: Problem[] = []
  const faults: ParserFault[] = []
  const seen = createDuplicateFinder(problems, faults)
  let section: string | undefined
  let option: OpenOption | undefined
  let indent = 0
  let headless = false

  for (const [index, line] of linesOf(text).entries()) {
    const origin = { file, line: index + 1 }
    const content = strip(line)
    if (content.startsWith('#') || content.startsWith(';')) continue
    if (content === '') {
      option?.lines.push('')
      option?.rows.push(index + 1)
      continue
    }
    const depth = indentOf(line)
    if (option !== undefined && depth > indent) {
      option.lines.push(content)
      option.rows.push(index + 1)
      continue
    }
    indent = depth
    const name = sectionHeader.exec(content)?.[1]
    if (name !== undefined) {
      seen.section(name, origin)
      sections.push({ name, origin })
      section = name
      option = undefined
      continue
    }
    if (section === undefined) {
      if (!headless) problems.push(beforeFirstSection(origin))
      faults.push('MissingSectionHeaderError')
      headless = true
      continue
    }
    const [, key = '', value = ''] = optionHeader.exec(content) ?? []
    if (stripEnd(key) === '') {
      problems.push(notAnOption(section, content, origin))
      faults.push('ParsingError')
      continue
    }
    option = { section, option: stripEnd(key).toLowerCase(), lines: [strip(value)], rows: [index + 1], origin }
    seen.option(option)
    options.push(option)
  }
  return { sections, options: options.map(closeOption), problems, faults }
}

// Python opens the file with universal newlines. A byte order mark would make it stop; here it is passed over.
function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
}

function closeOption({ lines, ...option }: OpenOption): ScannedOption {
  return { ...option, value: stripEnd(lines.join('\n')) }
}

function createDuplicateFinder(problems: Problem[], faults: ParserFault[]) {
  const lines = new Map<string, number | undefined>()
  function check(key: string, origin: Origin, problem: Pick<Problem, 'section' | 'option' | 'message' | 'hint'>): void {
    if (lines.has(key)) {
      faults.push(problem.option === undefined ? 'DuplicateSectionError' : 'DuplicateOptionError')
      const message = `${problem.message}, first on line ${lines.get(key)}`
      problems.push({ severity: 'warning', ...origin, ...problem, message })
    }
    lines.set(key, lines.get(key) ?? origin.line)
  }
  return {
    section(name: string, origin: Origin): void {
      if (name === 'DEFAULT') return
      const message = `section [${name}] stands here again`
      check(JSON.stringify([name]), origin, { section: name, message, hint: 'Both parts are read as one; merge them.' })
    },
    option({ section, option, origin }: OpenOption): void {
      const message = `${option} is set twice in [${section}]`
      const hint = 'The last one counts; delete the other.'
      check(JSON.stringify([section, option]), origin, { section, option, message, hint })
    },
  }
}

function beforeFirstSection(origin: Origin): Problem {
  const message = 'this line stands before the first section'
  return { severity: 'error', ...origin, message, hint: 'Begin with a section such as [general] on a line of its own.' }
}

function notAnOption(section: string, content: string, origin: Origin): Problem {
  const word = content.split(/[\s=:]/, 1)[0] ?? ''
  const hint = word === '' ? 'Write name = value.' : `Write ${word} = value; nothing after the = is an empty value.`
  return { severity: 'error', ...origin, section, message: 'this line is neither an option nor a section', hint }
}
