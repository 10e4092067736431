import { type Config, formatProblem, isMaildir, type Problem, readConfig } from '@mailtide/config'
import { asMailtideError } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { countOf } from '../lines/names.ts'
import { printable } from '../lines/printable.ts'
import { mistakesInLogin } from '../login/mistakes-in-login.ts'
import { mistakesInList } from '../mailboxes/compose-list.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { mistakesInRules } from '../rules/compile-rules.ts'
import { placesOfRc, readRc } from '../run/read-rc.ts'
import type { Surroundings } from '../run/surroundings.ts'

/** Tells every mistake of a configuration, the rules of its folders and `[mbnames]` evaluated. Nothing is asked for a password. */
export async function checkCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const told: string[] = []
  let errors = 0
  const tell = (problem: Problem) => {
    if (problem.severity === 'error') errors++
    told.push(formatProblem(problem))
  }
  try {
    const rc = readRc(placesOfRc(flags.config, surroundings))
    const { config, problems } = readConfig({
      ...rc,
      ...surroundings,
      overrides: flags.overrides,
      ...(flags.accounts && { accounts: flags.accounts }),
    })
    for (const problem of [...rc.problems, ...problems]) tell(problem)
    if (config) for (const problem of await checkRules(config, flags, surroundings)) tell(problem)
    const warnings = countOf(told.length - errors, 'warning')
    told.push(`${rc.file}: ${errors === 0 ? 'no errors' : countOf(errors, 'error')}, ${warnings}`)
  } catch (thrown) {
    const { message, hint } = asMailtideError(thrown, 'run')
    errors++
    told.push(`error: ${message}${hint === undefined ? '' : ` (${hint})`}`)
  }
  for (const line of told) process.stdout.write(`${printable(line)}\n`)
  return errors === 0 ? exitCodes.done : exitCodes.failed
}

async function checkRules(
  { general, accounts, mbnames }: Config,
  flags: RunFlags,
  surroundings: Surroundings,
): Promise<Problem[]> {
  const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
  const problems = new Map<string, Problem>()
  const note = (file: string, mistake: unknown) => {
    const { message, hint } = asMailtideError(mistake, 'account')
    problems.set(message, { severity: 'error', file, message, ...(hint === undefined ? {} : { hint }) })
  }
  try {
    for (const name of flags.accounts ?? general.accounts) {
      const account = accounts.get(name)
      for (const repository of account ? [account.remote, account.local] : []) {
        const logins = isMaildir(repository) ? [] : await mistakesInLogin(repository.login)
        for (const mistake of [...(await mistakesInRules(repository, evaluator)), ...logins]) {
          note(`Repository ${repository.name}`, mistake)
        }
      }
    }
    for (const mistake of mbnames ? await mistakesInList(mbnames, evaluator) : []) note('mbnames', mistake)
  } finally {
    await evaluator.close()
  }
  return [...problems.values()]
}
