import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { documentOf } from './document.ts'
import { flags } from './flags.ts'
import { keyOf, optionsToCompare } from './options-to-compare.ts'
import { documentPath, root } from './paths.ts'
import { problemsIn } from './problems-in.ts'
import type { Table } from './row.ts'
import { row } from './row.ts'
import { table } from './table.ts'

describe('the table', () => {
  const problems = problemsIn(table, root)

  it('has a row for each option and each flag, none twice, and for each row tests that there are', () => {
    expect(problems).toEqual([])
  })

  it('is shown by the document as it is (pnpm --filter @mailtide/compatibility generate)', () => {
    expect(readFileSync(documentPath, 'utf8')).toBe(documentOf(table))
  })
})

describe('problemsIn', () => {
  const complete: Table = {
    options: optionsToCompare.map(({ kind, name }) => ({
      kind,
      options: [name],
      mailtide: '',
      shown: [],
      isIdle: true,
    })),
    flags: Object.keys(flags).map((name) => ({
      flags: [name as keyof typeof flags],
      offlineimap: name,
      mailtide: '',
      shown: [],
    })),
    chapters: [],
  }
  const of = (change: Partial<Table>) => {
    return problemsIn({ ...complete, ...change }, root).filter((problem) => !problem.endsWith('no test shows it'))
  }
  const here = 'tooling/compatibility/src/compatibility.test.ts'

  it('finds what has no row, or two', () => {
    const [first, ...others] = complete.options
    const [flag, ...otherFlags] = complete.flags
    if (!first || !flag) throw new Error('there are options and flags')
    expect(of({})).toEqual([])
    const key = keyOf({ kind: first.kind, name: first.options[0] ?? '' })
    expect(of({ options: others })).toEqual([`${key}: no row`])
    expect(of({ options: [first, ...complete.options] })).toEqual([`${key}: two rows`])
    expect(of({ flags: otherFlags })).toEqual([`${flag.offlineimap}: no row`])
  })

  it('finds tests that are not there, and titles that several have', () => {
    const shown = (test: string, more?: string) => {
      const chapters = [{ title: '', rows: [row('x', '', { file: here, test, ...(more && { of: more }) })] }]
      return of({ chapters })
    }
    expect(shown('problemsIn > finds what has no row, or two')).toEqual([])
    expect(shown('finds tests that are not', 'and titles')).toEqual([])
    const missing = ['nowhere', 'here'].join(' ')
    expect(shown('finds', missing)).toEqual([`x: no test 'finds' with ${missing} in ${here}`])
    expect(shown('has a row for no option')).toEqual([`x: no test 'has a row for no option' in ${here}`])
    expect(shown('finds')).toEqual([`x: 2 tests 'finds' in ${here}`])
  })
})
