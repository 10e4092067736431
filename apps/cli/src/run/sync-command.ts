import type { RunFlags } from '../arguments.ts'
import type { KeptAccount } from '../daemon/kept-account.ts'
import { exitCodeOf, exitCodes, type Outcome } from '../exit-codes.ts'
import type { MailboxList } from '../mailboxes/mailbox-list.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import type { Evaluator } from '../python/evaluator.ts'
import { runAccount, sleep } from './account-loop.ts'
import { createAccountRun } from './account-run.ts'
import { createGate } from './gate.ts'
import type { Output } from './output.ts'
import { type Prepared, prepare } from './prepare.ts'
import { listenToSignals } from './signals.ts'
import type { Surroundings } from './surroundings.ts'
import { syncOnce } from './sync-once.ts'

/** Syncs accounts, as many at once as `maxsyncaccounts` allows, and answers the exit code. */
export async function syncCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings)
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output, prompt } = prepared
  const evaluatorOf = () => createEvaluator(flags.python, general.pythonFile, surroundings)
  const signals = listenToSignals()
  const listEvaluator = evaluatorOf()
  let code: number = exitCodes.failed
  output.tell({ type: 'run-started', accounts: accounts.map(({ name }) => name), trace: flags.trace })
  try {
    const profiles = flags.profile === undefined ? undefined : await openProfiles(flags.profile, output)
    if (profiles === 'none') return code
    const mailboxes = await openMailboxList(prepared, listEvaluator)
    const gate = createGate(flags.single ? 1 : general.maxSyncAccounts)
    const outcomes = accounts.map(async (account) => {
      const evaluator = evaluatorOf()
      let kept: KeptAccount | undefined
      try {
        const run = createAccountRun(account, { general, flags, output, signals, prompt, mailboxes }, evaluator)
        kept = run.kept
        const follow = run.kept && (await import('../daemon/follow-account.ts')).followAccount
        return await runAccount(run, gate, { syncOnce: profiles?.around(syncOnce) ?? syncOnce, sleep, follow })
      } finally {
        await kept?.drop()
        await evaluator.close()
      }
    })
    const all = await Promise.all(outcomes)
    await mailboxes?.write()
    code = exitCodeOf([...all, outcomeOf(mailboxes)])
    return code
  } finally {
    await listEvaluator.close()
    signals.close()
    output.tell({ type: 'run-finished', exitCode: code })
    output.close()
  }
}

async function openProfiles(directory: string, output: Output) {
  const profiles = await import('../modes/profiles.ts')
  return (await profiles.openProfiles(directory, output)) ?? 'none'
}

async function openMailboxList(
  { general, mbnames: config, output }: Prepared,
  evaluator: Evaluator,
): Promise<MailboxList | undefined> {
  if (!config) return undefined
  const { createMailboxList } = await import('../mailboxes/mailbox-list.ts')
  return createMailboxList({ config, general, evaluator, output })
}

function outcomeOf(mailboxes: MailboxList | undefined): Outcome {
  return { failures: mailboxes?.failures ?? 0, refusals: 0, held: { deletions: 0, epochs: 0 } }
}
