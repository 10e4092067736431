import type { RunFlags } from '../arguments.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { runAccount, sleep } from './account-loop.ts'
import { createAccountRun } from './account-run.ts'
import { createGate } from './gate.ts'
import { prepare } from './prepare.ts'
import { listenToSignals } from './signals.ts'
import type { Surroundings } from './surroundings.ts'
import { syncOnce } from './sync-once.ts'

/** Syncs accounts, as many at once as `maxsyncaccounts` allows, and answers the exit code. */
export async function syncCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings)
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output, prompt } = prepared
  const signals = listenToSignals()
  let code: number = exitCodes.failed
  output.tell({ type: 'run-started', accounts: accounts.map(({ name }) => name), trace: flags.trace })
  try {
    const gate = createGate(flags.single ? 1 : general.maxSyncAccounts)
    const outcomes = accounts.map(async (account) => {
      const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
      try {
        const run = createAccountRun(account, { general, flags, output, signals, prompt }, evaluator)
        return await runAccount(run, gate, { syncOnce, sleep })
      } finally {
        await evaluator.close()
      }
    })
    code = exitCodeOf(await Promise.all(outcomes))
    return code
  } finally {
    signals.close()
    output.tell({ type: 'run-finished', exitCode: code })
    output.close()
  }
}
