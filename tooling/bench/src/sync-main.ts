import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { censusOf, deliver, generateMail } from '@mailtide/sample-mail'
import { startDovecot } from '@mailtide/testing'
import { type Options, parseOptions } from './options.ts'
import { formatTable, summarise } from './report.ts'
import { type Bench, type Run, runRound } from './rounds.ts'
import { type Tool, toolOf } from './tools.ts'

const folders = [
  ['INBOX'],
  ['Sent'],
  ['Entwürfe'],
  ['Archive', '2023'],
  ['Archive', '2024'],
  ['Projekte', 'Größe & Maß'],
  ['lists.example.org'],
]

// mbsync sleeps when a Maildir changed within the current second; nobody syncs twice a second.
const pause = 2500

const options = parseOptions(process.argv.slice(2))
const scratch = mkdtempSync(join(realpathSync(tmpdir()), 'mailtide-bench-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }))
process.once('SIGINT', () => process.exit(130))
const server = await startDovecot()
try {
  const runs = await bench(options)
  process.stdout.write(`\n${formatTable(summarise(runs))}\n`)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(runs, undefined, 2)}\n`)
  if (runs.some(({ tool, wrong }) => tool === 'mailtide' && wrong.length > 0)) process.exitCode = 1
} finally {
  await server.close()
}

async function bench({ messages, repeats }: Options): Promise<Run[]> {
  const tools = installedTools()
  const access = { host: server.host, port: server.port, user: 'bench', pass: 'bench-pass' }
  await server.addUser(access.user, access.pass, { separator: '/' })
  const mail = [...generateMail({ seed: 1, messages, folders })]
  await deliver(access, mail)
  const octets = mail.reduce((sum, { bytes }) => sum + bytes.length, 0)
  say(`${messages} messages, ${(octets / 1e6).toFixed(0)} MB, ${folders.length} folders; ${cpus().length} cores`)
  const place: Bench = { access, expected: censusOf(mail), scratch, pause }
  const runs: Run[] = []
  for (let round = 0; round < repeats; round++) {
    // Each round begins with another tool, so that none is always the one after the slowest.
    const turn = [...tools.slice(round % tools.length), ...tools.slice(0, round % tools.length)]
    for (const tool of turn) {
      for await (const run of runRound(tool, round, place)) {
        runs.push(run)
        announce(run)
      }
    }
  }
  return runs
}

function installedTools(): Tool[] {
  const asked = options.tools.map(toolOf)
  for (const { name, command } of asked) {
    if (!command)
      say(name === 'mailtide' ? 'mailtide: apps/cli is not built, left out' : `${name}: not installed, left out`)
  }
  return asked.filter(({ command }) => command !== undefined)
}

function announce({ tool, scenario, round, measurement, wrong }: Run): void {
  const took = measurement ? `${measurement.wallSeconds.toFixed(2)} s` : 'failed'
  const verdict = wrong.length === 0 ? '' : `, does not count: ${wrong.join('; ')}`
  say(`${round + 1}. ${scenario}, ${tool}: ${took}${verdict}`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
