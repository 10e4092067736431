import { cpus } from 'node:os'
import { benchConfig, configLimit } from './config-bench.ts'

const { startUp, dump, beyond } = benchConfig(15)
const [start, all, more] = [startUp, dump, beyond].map((time) => `${time.toFixed(0)} ms`)
process.stdout.write(`1,000 lines, 1,000 folders, medians of 15; ${cpus().length} cores\n`)
process.stdout.write(
  `start-up ${start}, with the configuration ${all}: ${more} beyond start-up (limit ${configLimit} ms)\n`,
)
if (beyond > configLimit) process.exitCode = 1
