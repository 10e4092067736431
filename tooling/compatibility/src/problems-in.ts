import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { flags } from './flags.ts'
import { keyOf, optionsToCompare } from './options-to-compare.ts'
import type { FlagRow, OptionRow, Shown, Table } from './row.ts'
import { type FoundTest, testsOf } from './test-titles.ts'

/** Everything that is wrong with the rows of a table; `root` is the workspace whose tests they name. */
export function problemsIn(table: Table, root: string): string[] {
  return [
    ...problemsInOptions(table.options),
    ...problemsInFlags(table.flags),
    ...problemsInTexts(table),
    ...problemsInTests(table, root),
  ]
}

function problemsInOptions(rows: readonly OptionRow[]): string[] {
  const told = rows.flatMap(({ kind, options }) => options.map((name) => keyOf({ kind, name })))
  const known = optionsToCompare.map(keyOf)
  const idle = rows.flatMap(({ kind, options, isIdle }) => (isIdle ? options.map((name) => keyOf({ kind, name })) : []))
  const undone = optionsToCompare.filter(({ status }) => status !== 'carried-out' && status !== 'removed')
  return [
    ...problemsInNames(told, known),
    ...undone.flatMap((each) => (idle.includes(keyOf(each)) ? [] : [`${keyOf(each)}: the schema says ${each.status}`])),
  ]
}

function problemsInFlags(rows: readonly FlagRow[]): string[] {
  return problemsInNames(
    rows.flatMap((row) => row.flags),
    Object.keys(flags),
  )
}

function problemsInNames(told: readonly string[], known: readonly string[]): string[] {
  return [
    ...known.filter((name) => !told.includes(name)).map((name) => `${name}: no row`),
    ...told.filter((name) => !known.includes(name)).map((name) => `${name}: there is no such thing`),
    ...told.filter((name, index) => told.indexOf(name) !== index).map((name) => `${name}: two rows`),
  ]
}

function problemsInTexts({ chapters }: Table): string[] {
  const told = chapters.flatMap(({ rows }) => rows.map(({ offlineimap }) => offlineimap))
  return told.filter((text, index) => told.indexOf(text) !== index).map((text) => `${text}: two rows`)
}

function problemsInTests({ options, flags: flagRows, chapters }: Table, root: string): string[] {
  const read = new Map<string, readonly FoundTest[]>()
  function testsIn(file: string): readonly FoundTest[] {
    const path = join(root, file)
    const found = read.get(file) ?? (existsSync(path) ? testsOf(readFileSync(path, 'utf8')) : [])
    read.set(file, found)
    return found
  }
  const rows = [
    ...options.map(({ options: names, shown }) => ({ about: names.join(', '), shown })),
    ...[...flagRows, ...chapters.flatMap((chapter) => chapter.rows)].map(({ offlineimap, shown }) => {
      return { about: offlineimap, shown }
    }),
  ]
  return rows.flatMap(({ about, shown }) =>
    shown.length === 0
      ? [`${about}: no test shows it`]
      : shown.flatMap((one) => problemsWith(one, testsIn(one.file)).map((problem) => `${about}: ${problem}`)),
  )
}

function problemsWith({ file, test, of = '' }: Shown, tests: readonly FoundTest[]): string[] {
  const whole = tests.filter(({ title }) => title === test || title.endsWith(` > ${test}`))
  const named = whole.length > 0 ? whole : tests.filter(({ title }) => title.includes(test))
  const found = named.filter(({ text }) => text.includes(of))
  if (found.length === 1) return []
  const wanted = of === '' ? `'${test}'` : `'${test}' with ${of}`
  return [`${found.length === 0 ? 'no test' : `${found.length} tests`} ${wanted} in ${file}`]
}
