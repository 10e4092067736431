import type { Followed, followAccount } from '../daemon/follow-account.ts'
import type { Outcome } from '../exit-codes.ts'
import type { Line } from '../lines/line.ts'
import { accountSpeaker, countOf } from '../lines/names.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import type { Gate } from './gate.ts'
import type { RunSignals } from './signals.ts'
import type { RoundResult } from './sync-once.ts'

/** What a loop does, handed in so that nobody has to wait for it in a test. */
export interface LoopParts {
  syncOnce(run: AccountRun, quick: boolean): Promise<RoundResult>
  sleep(milliseconds: number, signals: RunSignals): Promise<'over' | 'woken'>
  /** In place of sleeping: follows the account until it is time for the next round. */
  readonly follow?: typeof followAccount | undefined
}

/** An account is given up after so many rounds in a row that waiting will not mend, such as a refused password. */
const patience = 3

/**
 * Syncs an account once, or again and again with `autorefresh`. A server that is away for a while ends nothing.
 *
 * `quick = N` makes the first sync full, then N quick ones, then a full one again; SIGUSR1 begins anew with a full one.
 */
export async function runAccount(run: AccountRun, gate: Gate, parts: LoopParts): Promise<Outcome> {
  const { account, flags, output } = run
  const names = namesOf(account)
  const signals = withWishes(run)
  const quick = flags.quick ? -1 : account.quick
  const minutes = flags.once ? 0 : account.autorefresh
  let outcome: Outcome = { failures: 0, refusals: 0, held: { deletions: 0, epochs: 0 } }
  let round = 0
  let strikes = 0
  while (!signals.ending.aborted) {
    const isQuick = quick < 0 || (quick > 0 && round % (quick + 1) > 0)
    let isWished = false
    const forget = signals.onWake(() => {
      isWished = true
    })
    // It may have waited at the gate until the run was to end.
    const result = await gate.pass(async () => (signals.ending.aborted ? undefined : parts.syncOnce(run, isQuick)))
    forget()
    if (result === undefined) break
    outcome = added(outcome, result)
    round++
    strikes = result.stoppedBy === undefined ? 0 : strikes + (result.stoppedBy.retryable ? 0 : 1)
    if (minutes === 0 || signals.ending.aborted || strikes >= patience) break
    // SIGUSR1 during a sync cancels the sleep behind it: what it was sent for may have come too late for this round.
    if (isWished) {
      round = 0
      continue
    }
    const text = `Next refresh in ${countOf(minutes, 'minute')}`
    const line: Line = { level: 'info', text, speaker: accountSpeaker(names) }
    output.tell({ type: 'sleeping', account: account.name, seconds: minutes * 60 }, [line], names)
    const followed = await spend({ ...run, signals }, minutes * 60_000, parts, result)
    outcome = added(outcome, followed.outcome)
    if (followed.how === 'woken') round = 0
    output.tell({ type: 'awake', account: account.name }, [], names)
  }
  output.tell({ type: 'account-left', account: account.name }, [], names)
  return outcome
}

async function spend(run: AccountRun, milliseconds: number, parts: LoopParts, last: RoundResult): Promise<Followed> {
  const { signals } = run
  if (parts.follow && run.kept) return parts.follow(run, milliseconds, signals, last)
  return { how: await parts.sleep(milliseconds, signals), outcome: { failures: 0, refusals: 0, held: last.held } }
}

function added(sum: Outcome, { failures, refusals, held }: Outcome): Outcome {
  return { failures: sum.failures + failures, refusals: sum.refusals + refusals, held }
}

/** Who sleeps is woken by a signal, and by whoever asks for this account at the user interface. */
function withWishes({ account, output, signals }: AccountRun): RunSignals {
  return {
    ...signals,
    onWake(callback) {
      const forget = [signals.onWake(callback), output.onWake(account.name, callback)]
      return () => {
        for (const step of forget) step()
      }
    },
  }
}

/** Node fires longer timers at once. */
const longestTimer = 2 ** 31 - 1

/** Sleeps until the time is over, SIGUSR1 wakes, or the run ends. */
export function sleep(milliseconds: number, signals: RunSignals): Promise<'over' | 'woken'> {
  if (signals.ending.aborted) return Promise.resolve('over')
  return new Promise((resolve) => {
    const timer = setTimeout(() => end('over'), Math.min(milliseconds, longestTimer))
    const over = () => end('over')
    const forget = signals.onWake(() => end('woken'))
    signals.ending.addEventListener('abort', over, { once: true })
    function end(how: 'over' | 'woken'): void {
      clearTimeout(timer)
      forget()
      signals.ending.removeEventListener('abort', over)
      resolve(how)
    }
  })
}
