import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RcFile } from '@mailtide/config'
import { describe, expect, it } from 'vitest'
import { createEvaluator } from '../python/create-evaluator.ts'
import type { PythonMode } from '../python/evaluator.ts'
import { type Dump, dumpConfig } from './dump-config.ts'

const folder = new URL('../test-cases/', import.meta.resolve('@mailtide/config'))
const pathOf = (name: string) => fileURLToPath(new URL(name, folder))
const read = (name: string) => readFileSync(pathOf(name), 'utf8')
const sample = JSON.parse(read('sample.json'))
const cases = readdirSync(folder).flatMap((name) => (name.endsWith('.rc') ? [name.slice(0, -3)] : []))
const withFile = cases.filter((name) => existsSync(pathOf(`${name}.py`)))

type Expected = Dump & { readonly env?: Readonly<Record<string, string>> }

async function dump(name: string, mode: PythonMode, env: Readonly<Record<string, string>> = {}) {
  const surroundings = {
    home: '/home/alex',
    environment: { PATH: process.env['PATH'], HOME: '/home/alex', ...env },
    directory: '/',
    words: [],
  }
  const failures: unknown[] = []
  const pythonFile = existsSync(pathOf(`${name}.py`)) ? pathOf(`${name}.py`) : undefined
  const found = await dumpConfig({
    text: read(`${name}.rc`),
    file: `${name}.rc`,
    overrides: pythonFile === undefined ? [] : [`pythonfile=${pythonFile}`],
    sample,
    open: (_rc: RcFile) => createEvaluator(mode, pythonFile, surroundings),
    report: (failure) => failures.push(failure),
    warn: (problem) => failures.push(problem),
  })
  expect(failures).toEqual([])
  return found
}

/** Empty parts are left out of some expectations. */
function filled(value: Dump): unknown {
  const { lenient, ...rest } = value
  const parts = Object.entries(rest).filter(([, part]) => typeof part !== 'object' || Object.keys(part).length > 0)
  return { ...Object.fromEntries(parts), ...(lenient && { lenient: filled(lenient) }) }
}

function expected(name: string): { readonly env?: Expected['env']; readonly wanted: Dump } {
  const { env, ...wanted }: Expected = JSON.parse(read(`${name}.expect.json`))
  return { env, wanted }
}

/** The pythonfile is Python 2, which Python 3 refuses; here it answers what it evidently means. */
const python2 = {
  name: '127-pythonfile-python2',
  answers: { evals: { 'Repository Server_p2': { remotepasseval: 'p2' } } },
}

describe('dumpConfig', () => {
  it.each(cases)('%s: as Python reads it, by the built-in interpreter', async (name) => {
    const { env, wanted } = expected(name)
    const { pythonfileError: _, ...known } = wanted
    const meant = name === python2.name ? { ...known, ...python2.answers } : wanted
    expect(filled(await dump(name, 'builtin', env))).toEqual(filled(meant))
  })

  it.each(withFile)('%s: as Python reads it, by python3', async (name) => {
    const { env, wanted } = expected(name)
    expect(filled(await dump(name, 'host', env))).toEqual(filled(wanted))
  })
})
