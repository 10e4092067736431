import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { createMailboxList } from '../mailboxes/mailbox-list.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { prepare } from '../run/prepare.ts'
import type { Surroundings } from '../run/surroundings.ts'

/**
 * `--mbnames-prune`: forgets the mailboxes of accounts that `accounts` in `[general]` does not name, of all where `[mbnames]`
 * is not enabled, and writes the list anew, unless each sync does.
 */
export async function pruneCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings)
  if (prepared === undefined) return exitCodes.failed
  const { general, mbnames: config, output } = prepared
  const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
  try {
    const list = createMailboxList({ config, general, evaluator, output })
    const kept = new Set(config ? general.accounts : [])
    await list.forget((account) => kept.has(account))
    if (!config?.incremental) await list.write()
    return list.failures === 0 ? exitCodes.done : exitCodes.failed
  } finally {
    await evaluator.close()
    output.close()
  }
}
