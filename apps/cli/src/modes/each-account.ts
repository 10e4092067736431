import { asMailtideError } from '@mailtide/contracts'
import type { RunFlags } from '../arguments.ts'
import { exitCodeOf, isLoginRefusal } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { type AccountRun, createAccountRun } from '../run/account-run.ts'
import type { Prepared } from '../run/prepare.ts'
import { listenToSignals } from '../run/signals.ts'
import type { Surroundings } from '../run/surroundings.ts'

/** Does something with one account after the other, until a signal stops it; tells what failed, and answers the exit code. */
export async function eachAccount(
  { general, accounts, output, prompt }: Prepared,
  flags: RunFlags,
  surroundings: Surroundings,
  work: (run: AccountRun) => Promise<void>,
): Promise<number> {
  const signals = listenToSignals()
  let failures = 0
  let refusals = 0
  for (const account of accounts) {
    if (signals.ending.aborted) break
    const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
    try {
      await work(createAccountRun(account, { general, flags, output, signals, prompt }, evaluator))
    } catch (thrown) {
      if (signals.stop.aborted) break
      const error = asMailtideError(thrown, 'account')
      failures++
      if (isLoginRefusal(error)) refusals++
      const showStack = flags.trace.length > 0
      for (const line of errorLines(error, { where: `account ${account.name}`, showStack })) output.show(line)
    } finally {
      await evaluator.close()
    }
  }
  signals.close()
  return exitCodeOf([{ failures, refusals, held: { deletions: 0, epochs: 0 } }])
}
