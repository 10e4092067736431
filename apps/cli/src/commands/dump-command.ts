import { readFileSync } from 'node:fs'
import { formatProblem, type Problem, parsePath, type RcFile } from '@mailtide/config'
import { asMailtideError, MailtideError } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { sampleUnreadable } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { placesOfRc, readRc } from '../run/read-rc.ts'
import type { Surroundings } from '../run/surroundings.ts'
import { dumpConfig } from './dump-config.ts'
import type { Sample } from './sample.ts'

/** Prints what a configuration says as JSON. What is evaluated is shown, passwords included: that is what it is for. */
export async function dumpCommand(
  flags: RunFlags,
  sampleFile: string | undefined,
  surroundings: Surroundings,
): Promise<number> {
  let code: number = exitCodes.done
  function report(failure: unknown): void {
    code = exitCodes.failed
    for (const { text } of errorLines(asMailtideError(failure, 'run'))) process.stderr.write(`${text}\n`)
  }
  try {
    const { file, text, problems } = readRc(placesOfRc(flags.config, surroundings))
    const open = (rc: RcFile) => createEvaluator(flags.python, pythonFileOf(rc, surroundings), surroundings)
    const sample = readSample(sampleFile)
    const warn = (problem: Problem) => {
      code = exitCodes.failed
      process.stderr.write(`${formatProblem(problem)}\n`)
    }
    const dump = await dumpConfig({ text, file, overrides: flags.overrides, sample, open, report, warn })
    // Python opens the file as UTF-8.
    const isForeign = problems.length > 0
    const shown = isForeign ? { parses: false, error: 'UnicodeDecodeError', lenient: dump.lenient ?? dump } : dump
    process.stdout.write(`${JSON.stringify(shown, undefined, 1)}\n`)
  } catch (thrown) {
    report(thrown)
  }
  return code
}

function pythonFileOf(rc: RcFile, surroundings: Surroundings): string | undefined {
  const got = rc.get('general', 'pythonfile')
  if (got === undefined || !('value' in got) || got.value === '') return undefined
  const path = parsePath(got.value, 'tilde+env', surroundings)
  // A path that cannot be made out is tried as it stands: the error names it.
  return 'value' in path ? path.value : got.value
}

function readSample(file: string | undefined): Sample {
  const nothing = { names: [], account: '', localfolders: '' }
  if (file === undefined) return nothing
  try {
    const sample: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isSample(sample)) return { ...nothing, ...sample }
  } catch (thrown) {
    throw sampleUnreadable(file, thrown)
  }
  throw sampleUnreadable(file, new MailtideError('cli/sample', 'it has no list of "names"', { scope: 'run' }))
}

function isSample(value: unknown): value is Pick<Sample, 'names'> & Partial<Sample> {
  const names = typeof value === 'object' && value !== null && 'names' in value ? value.names : undefined
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
}
