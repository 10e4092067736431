import { cpus } from 'node:os'
import { benchConfig, configLimit } from './config-bench.ts'
import type { Spread } from './report.ts'

const repeats = 15
const { startUp, dump, beyond } = benchConfig(repeats)
const shown = ({ median, least, most }: Spread) => `${[median, least, most].map(Math.round).join(' / ')} ms`
process.stdout.write(
  [
    `1,000 lines, 1,000 folders, ${repeats} times; ${cpus().length} cores; median / least / most`,
    `start-up ${shown(startUp)}`,
    `with the configuration ${shown(dump)}`,
    `beyond start-up, least against least: ${Math.round(beyond)} ms (limit ${configLimit} ms)`,
    '',
  ].join('\n'),
)
if (beyond > configLimit) process.exitCode = 1
