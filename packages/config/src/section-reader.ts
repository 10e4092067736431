import { type Expression, readExpression } from './expression.ts'
import type { Option } from './option.ts'
import { type OptionValue, parseOption, wantsSomething } from './parse-option.ts'
import type { PathContext } from './paths.ts'
import type { Origin, Problem } from './problem.ts'
import type { RcFile } from './rc-file.ts'

type NamesOfType<G, T> = Extract<{ [N in keyof G]: G[N] extends { type: T } ? N : never }[keyof G], string>

/**
 * Typed reading of one section. What is unset, or cannot be read (which `checkValues` has reported), comes out as the
 * option's default.
 */
export interface SectionReader<G> {
  readonly section: string
  text(name: NamesOfType<G, 'text' | 'template' | 'secret' | 'path' | 'tilde path'>): string | undefined
  boolean(name: NamesOfType<G, 'boolean'>): boolean | undefined
  number(name: NamesOfType<G, 'integer' | 'number'>): number | undefined
  list(name: NamesOfType<G, 'list'>): readonly string[]
  /** Undefined where the option is unset or empty. */
  expression(name: NamesOfType<G, 'python' | 'rule'>): Expression | undefined
  /** Whether an option is set, readable or not. */
  isSet(name: Extract<keyof G, string>): boolean
  /** An option's text as it stands, interpolated. */
  verbatim(name: Extract<keyof G, string>): string | undefined
  /** Where an option is set, or where its section begins. */
  originOf(name: Extract<keyof G, string>): Origin
  problem(severity: Problem['severity'], name: Extract<keyof G, string>, message: string, hint: string): void
}

/** What a {@link SectionReader} reads from and reports to. */
export interface ReaderContext {
  readonly rc: RcFile
  readonly file: string
  readonly paths: PathContext
  report(problem: Problem): void
}

/** Creates the reader of one section, whose options are those of `group`. */
export function createSectionReader<G extends Readonly<Record<string, Option>>>(
  section: string,
  group: G,
  { rc, file, paths, report }: ReaderContext,
): SectionReader<G> {
  function verbatim(name: string): string | undefined {
    const got = rc.get(section, name)
    return got !== undefined && 'value' in got ? got.value : undefined
  }
  function value(name: string): OptionValue | undefined {
    const option = group[name]
    if (option === undefined) return undefined
    for (const text of [verbatim(name), option.default]) {
      if (text === '' && wantsSomething(option)) continue
      const parsed = text === undefined ? undefined : parseOption(option, text, paths)
      if (parsed !== undefined && 'value' in parsed) return parsed.value
    }
    return undefined
  }
  function originOf(name: string): Origin {
    return rc.raw(section, name)?.origin ?? rc.sections.find((found) => found.name === section)?.origin ?? { file }
  }
  return {
    section,
    verbatim,
    isSet: (name) => rc.raw(section, name) !== undefined,
    originOf,
    text: (name) => asType(value(name), 'string'),
    boolean: (name) => asType(value(name), 'boolean'),
    number: (name) => asType(value(name), 'number'),
    list(name) {
      const found = value(name)
      return typeof found === 'object' ? found : []
    },
    expression: (name) => readExpression(rc, section, name),
    problem(severity, option, message, hint) {
      report({ severity, ...originOf(option), section, option, message, hint })
    },
  }
}

interface Types {
  string: string
  boolean: boolean
  number: number
}

function asType<T extends keyof Types>(value: OptionValue | undefined, type: T): Types[T] | undefined {
  return typeof value === type ? (value as Types[T]) : undefined
}
