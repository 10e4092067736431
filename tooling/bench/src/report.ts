import { type Run, type Scenario, scenarios } from './rounds.ts'
import type { ToolName } from './tools.ts'

/** One line of the table. */
export interface Row {
  readonly scenario: Scenario
  readonly tool: ToolName
  /** How many runs were right, of how many. */
  readonly right: number
  readonly runs: number
  readonly wall: Spread | undefined
  readonly cpu: Spread | undefined
  readonly peak: Spread | undefined
  /** Median wall time against the fastest peer's. */
  readonly ratio: number | undefined
}

/** The middle of several numbers, and both ends. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** Sums runs up, a row for each scenario and tool, the tools in the order of their first run. Wrong runs don't count. */
export function summarise(runs: readonly Run[]): Row[] {
  return scenarios.flatMap((scenario) => {
    const byTool = Map.groupBy(
      runs.filter((run) => run.scenario === scenario),
      ({ tool }) => tool,
    )
    const rows = [...byTool].map(([tool, mine]) => rowOf(scenario, tool, mine))
    const peers = rows.filter(({ tool }) => tool !== 'mailtide').flatMap(({ wall }) => (wall ? [wall.median] : []))
    const fastest = peers.length > 0 ? Math.min(...peers) : undefined
    return rows.map((row) => ({ ...row, ratio: row.wall && fastest && row.wall.median / fastest }))
  })
}

function rowOf(scenario: Scenario, tool: ToolName, runs: readonly Run[]): Omit<Row, 'ratio'> {
  const right = runs.flatMap(({ measurement, wrong }) => (measurement && wrong.length === 0 ? [measurement] : []))
  return {
    scenario,
    tool,
    right: right.length,
    runs: runs.length,
    wall: spread(right.map(({ wallSeconds }) => wallSeconds)),
    cpu: spread(right.map(({ cpuSeconds }) => cpuSeconds)),
    peak: spread(right.flatMap(({ peakMebibytes }) => peakMebibytes ?? [])),
  }
}

/** Of an even count, the median is the mean of the two in the middle. */
export function spread(numbers: readonly number[]): Spread | undefined {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (least === undefined || most === undefined || low === undefined || high === undefined) return undefined
  return { median: (low + high) / 2, least, most }
}

/** The rows as a Markdown table. */
export function formatTable(rows: readonly Row[]): string {
  const lines = rows.map(({ scenario, tool, right, runs, wall, cpu, peak, ratio }) =>
    [
      scenario,
      tool,
      wall ? `${seconds(wall.median)} (${seconds(wall.least)}-${seconds(wall.most)})` : '-',
      cpu ? seconds(cpu.median) : '-',
      peak ? peak.median.toFixed(0) : '-',
      ratio === undefined ? '-' : ratio.toFixed(2),
      right === runs ? `${right} of ${runs}` : `**${right} of ${runs}**`,
    ].join(' | '),
  )
  return [
    '| sync | tool | wall s, median (min-max) | CPU s | peak MiB | x fastest peer | right |',
    '|---|---|---|---|---|---|---|',
    ...lines.map((line) => `| ${line} |`),
  ].join('\n')
}

function seconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1)
}
