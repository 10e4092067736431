import { asMailtideError, type FolderPath, type Side, segmentsOf } from '@mailtide/contracts'
import type { LeftOutFolder, RuledPair } from '@mailtide/folder-rules'
import type { RunFlags } from '../arguments.ts'
import { exitCodes } from '../exit-codes.ts'
import { errorLines } from '../lines/error-lines.ts'
import type { AccountNames } from '../lines/names.ts'
import { printable } from '../lines/printable.ts'
import { createEvaluator } from '../python/create-evaluator.ts'
import { createAccountRun, namesOf } from '../run/account-run.ts'
import { type ListedPairing, pairAccount } from '../run/list-folders.ts'
import { prepare } from '../run/prepare.ts'
import { listenToSignals } from '../run/signals.ts'
import type { Surroundings } from '../run/surroundings.ts'

/** Shows each folder, its name on the other side, and why it is or isn't synced. */
export async function foldersCommand(flags: RunFlags, surroundings: Surroundings): Promise<number> {
  const prepared = prepare(flags, surroundings, 'ttyui')
  if (prepared === undefined) return exitCodes.failed
  const { general, accounts, output, prompt } = prepared
  const signals = listenToSignals()
  let code: number = exitCodes.done
  for (const account of accounts) {
    const evaluator = createEvaluator(flags.python, general.pythonFile, surroundings)
    const run = createAccountRun(account, { general, flags, output, signals, prompt }, evaluator)
    try {
      const pairing = await pairAccount(run)
      for (const similar of pairing.warnings) run.warnOfSimilar(similar)
      process.stdout.write(`${describePairing(namesOf(account), pairing).join('\n')}\n`)
    } catch (thrown) {
      const where = `account ${account.name}`
      const options = { where, showStack: flags.trace.length > 0 }
      for (const line of errorLines(asMailtideError(thrown, 'account'), options)) output.show(line)
      code = exitCodes.failed
    } finally {
      await evaluator.close()
    }
  }
  signals.close()
  output.close()
  return code
}

/** An account's folders as lines: what is synced, then what is not. */
export function describePairing(
  { account }: Pick<AccountNames, 'account'>,
  { pairs, leftOut, separators }: Pick<ListedPairing, 'pairs' | 'leftOut' | 'separators'>,
): string[] {
  const nameOf = (side: Side, path: FolderPath) => segmentsOf(path).join(separators[side]) || '(top folder)'
  const rows = [
    ...pairs.map((pair): Row => [nameOf('remote', pair.folders.remote), howSynced(pair)]),
    ...leftOut.map(({ side, path, reason }: LeftOutFolder): Row => {
      return [nameOf(side, path), `   ${side === 'local' ? 'local, ' : ''}not synced: ${reason}`]
    }),
  ]
  const width = Math.min(60, Math.max(0, ...rows.map(([name]) => name.length)))
  return [`Account ${account}:`, ...rows.map(([name, text]) => printable(`  ${name.padEnd(width)} ${text}`))]

  function howSynced({ folders: { local }, missingOn, unlisted }: RuledPair): string {
    const notes = [
      ...(unlisted ? ['not listed by the server; folderincludes names it'] : []),
      ...(missingOn === 'local' ? ['to be created here'] : []),
      ...(missingOn === 'remote' ? ['to be created on the server'] : []),
    ]
    return `-> ${nameOf('local', local)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
  }
}

type Row = readonly [string, string]
