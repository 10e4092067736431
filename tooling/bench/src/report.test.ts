import { describe, expect, it } from 'vitest'
import { formatTable, spread, summarise } from './report.ts'
import type { Run } from './rounds.ts'
import type { ToolName } from './tools.ts'

function run(tool: ToolName, wallSeconds: number, wrong: readonly string[] = []): Run {
  const measurement = { wallSeconds, cpuSeconds: wallSeconds / 2, peakMebibytes: 10 }
  return { tool, scenario: 'first sync', round: 0, measurement, wrong }
}

describe('spread', () => {
  it.each([
    { numbers: [3, 1, 2], expected: { median: 2, least: 1, most: 3 } },
    { numbers: [4, 1, 2, 3], expected: { median: 2.5, least: 1, most: 4 } },
    { numbers: [], expected: undefined },
  ])('of $numbers is found in any order', ({ numbers, expected }) => {
    expect(spread(numbers)).toEqual(expected)
  })
})

describe('summarise', () => {
  it('compares with the fastest peer, which mailtide is not', () => {
    const rows = summarise([run('mailtide', 1), run('mbsync', 2), run('offlineimap', 20)])
    expect(rows.map(({ tool, ratio }) => [tool, ratio])).toEqual([
      ['mailtide', 0.5],
      ['mbsync', 1],
      ['offlineimap', 10],
    ])
  })

  it('counts no time of a run whose result was wrong', () => {
    const [row] = summarise([run('mbsync', 2), run('mbsync', 0.1, ['Maildir: 1 messages missing'])])
    expect(row).toMatchObject({ right: 1, runs: 2, wall: { median: 2, least: 2, most: 2 } })
  })

  it('has no ratio where no peer was right', () => {
    const rows = summarise([run('mailtide', 1), run('mbsync', 2, ['Maildir: 1 messages missing'])])
    expect(rows.map(({ ratio }) => ratio)).toEqual([undefined, undefined])
  })
})

describe('formatTable', () => {
  it('shows a row for each scenario and tool', () => {
    const table = formatTable(summarise([run('mailtide', 12.345), run('mbsync', 2), run('mbsync', 1, ['wrong'])]))
    expect(table.split('\n').slice(2)).toEqual([
      '| first sync | mailtide | 12.3 (12.3-12.3) | 6.17 | 10 | 6.17 | 1 of 1 |',
      '| first sync | mbsync | 2.00 (2.00-2.00) | 1.00 | 10 | 1.00 | **1 of 2** |',
    ])
  })
})
