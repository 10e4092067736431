import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Interpolated } from './interpolate.ts'
import { createRcFile } from './rc-file.ts'
import { scanRc } from './scan-rc.ts'

/** What Python 3's ConfigParser makes of a file. */
interface Expected {
  readonly parses: boolean
  readonly accounts?: readonly string[]
  readonly values?: Record<string, Record<string, string>>
  readonly valueErrors?: Record<string, Record<string, string>>
  /** Where strict parsing fails: the same with `strict=False`. */
  readonly lenient?: Expected
}

const folder = new URL('../test-cases/', import.meta.url)
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.rc'))
  .map((name) => name.slice(0, -3))

const pythonErrors = {
  syntax: 'InterpolationSyntaxError',
  missing: 'InterpolationMissingOptionError',
  depth: 'InterpolationDepthError',
}

describe('an rc file as Python reads it', () => {
  it.each(cases)('%s', (name) => {
    const expected: Expected = JSON.parse(readFileSync(new URL(`${name}.expect.json`, folder), 'utf8'))
    const scanned = scanRc(readFileSync(new URL(`${name}.rc`, folder), 'utf8'), name)
    const wanted = expected.lenient ?? expected

    expect(scanned.problems.length === 0).toBe(expected.parses)
    expect(scanned.problems.every((problem) => problem.severity === 'warning')).toBe(wanted.parses)
    if (!wanted.parses) return

    const rc = createRcFile(scanned)
    const read = rc.sections.flatMap((section) =>
      rc
        .optionsOf(section.name)
        .map((option) => ({ section: section.name, option, got: rc.get(section.name, option) })),
    )
    expect(bySection(read, (got) => ('value' in got ? got.value : undefined))).toEqual(filled(wanted.values))
    expect(bySection(read, (got) => ('fault' in got ? pythonErrors[got.fault] : undefined))).toEqual(
      filled(wanted.valueErrors),
    )
    expect(
      textOf(rc.get('general', 'accounts'))
        ?.split(',')
        .map((account) => account.trimStart()),
    ).toEqual(wanted.accounts)
  })
})

interface Read {
  readonly section: string
  readonly option: string
  readonly got: Interpolated | undefined
}

function bySection(read: readonly Read[], pick: (got: Interpolated) => string | undefined) {
  const found: Record<string, Record<string, string>> = {}
  for (const { section, option, got } of read) {
    const picked = got && pick(got)
    if (picked !== undefined) found[section] = { ...found[section], [option]: picked }
  }
  return found
}

function filled(sections: Record<string, Record<string, string>> = {}) {
  return Object.fromEntries(Object.entries(sections).filter(([, options]) => Object.keys(options).length > 0))
}

function textOf(got: Interpolated | undefined): string | undefined {
  return got !== undefined && 'value' in got ? got.value : undefined
}
