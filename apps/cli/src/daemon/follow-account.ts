import { setTimeout as pause } from 'node:timers/promises'
import { MailtideError } from '@mailtide/contracts'
import type { Outcome } from '../exit-codes.ts'
import { accountSpeaker } from '../lines/names.ts'
import { sleep } from '../run/account-loop.ts'
import { type AccountRun, namesOf } from '../run/account-run.ts'
import { openKeptEnd } from '../run/open-account.ts'
import type { RunSignals } from '../run/signals.ts'
import type { RoundResult } from '../run/sync-once.ts'
import { ownAddresses } from './disturbances.ts'
import type { KeptAccount } from './kept-account.ts'
import { syncFolders } from './sync-folders.ts'
import { type WatchParts, watchAccount } from './watch-account.ts'

/** How the time between two rounds was spent. */
export interface Followed {
  readonly how: 'over' | 'woken'
  /** Of the syncs of single folders. */
  readonly outcome: Outcome
}

/** What following is made of, handed in so that nobody has to wait for it in a test. */
export interface FollowParts extends Omit<WatchParts, 'synced'> {
  sleep: typeof sleep
  random(): number
  /** Whether the server can be reached; it has so many milliseconds for it. */
  isBack(run: AccountRun, kept: KeptAccount, patience: number, signal: AbortSignal): Promise<boolean>
}

/** The parts of a real daemon. */
export const followParts: FollowParts = {
  now: Date.now,
  wait: (milliseconds, signal) => pause(milliseconds, undefined, { signal, ref: false }),
  random: Math.random,
  addresses: ownAddresses,
  sleep,
  isBack,
  syncFolders,
}

/** Following that lasted this long, in milliseconds, was no trouble. */
const calm = 60_000

/**
 * Spends the time until the next round: follows both sides live; if that breaks off, or the last round did, waits until the
 * server is back, and then it is time for a round, which takes up what was missed.
 */
export async function followAccount(
  run: AccountRun,
  milliseconds: number,
  signals: RunSignals,
  last: RoundResult,
  parts: FollowParts = followParts,
): Promise<Followed> {
  const { kept } = run
  let outcome: Outcome = { failures: 0, refusals: 0, held: last.held }
  // What waiting doesn't mend is tried again at the usual pace.
  if (!kept || (last.stoppedBy && !last.stoppedBy.retryable)) {
    return { how: await parts.sleep(milliseconds, signals), outcome }
  }
  const ending = new AbortController()
  const sleeping = parts.sleep(milliseconds, signals)
  const synced = ({ failures, refusals, held }: RoundResult) => {
    outcome = { failures: outcome.failures + failures, refusals: outcome.refusals + refusals, held }
  }
  const following = follow(run, kept, { ...parts, synced }, ending.signal, last)
  const how = await Promise.race([sleeping, following])
  ending.abort()
  await Promise.allSettled([following])
  return { how, outcome }
}

/** Resolves when it is time for a round. */
async function follow(
  run: AccountRun,
  kept: KeptAccount,
  parts: FollowParts & WatchParts,
  signal: AbortSignal,
  last: RoundResult,
): Promise<'over'> {
  const { output, account } = run
  const speaker = accountSpeaker(namesOf(account))
  const since = parts.now()
  if (!last.stoppedBy) {
    const end = await watchAccount(run, kept, parts, signal)
    if (end.kind === 'folders-changed') return 'over'
    if (parts.now() - since >= calm) kept.trouble = 0
    if (end.kind === 'disturbed') {
      output.show({ level: 'info', text: `${end.reason}: connecting anew`, speaker })
      kept.trouble = 0
    } else {
      if (!end.error.retryable && end.error.scope !== 'folder') return 'over'
      output.show({ level: 'info', text: `${end.error.message}; going on as soon as possible`, speaker })
      kept.trouble++
    }
  } else kept.trouble++
  await kept.drop()
  await parts.wait(pauseFor(kept.trouble - 1, 300, parts.random), signal)
  for (let attempt = 1; ; attempt++) {
    // A server may be slow: now and then it is given more time.
    if (await parts.isBack(run, kept, attempt % 4 === 0 ? 40_000 : 10_000, signal)) return 'over'
    signal.throwIfAborted()
    await kept.drop()
    await parts.wait(pauseFor(attempt, 8, parts.random), signal)
  }
}

/** Milliseconds that double each time, up to so many seconds, and differ a little. */
function pauseFor(doublings: number, longest: number, random: () => number): number {
  if (doublings < 0) return 0
  return Math.min(2 ** doublings, longest) * 1000 * (0.75 + random() / 4)
}

async function isBack(run: AccountRun, kept: KeptAccount, patience: number, signal: AbortSignal): Promise<boolean> {
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(patience)])
  try {
    const remote = await openKeptEnd(run, kept, 'remote', true)
    await remote.survey(new Map(), inTime)
    return true
  } catch (thrown) {
    // What waiting doesn't mend is for the next round to tell.
    return thrown instanceof MailtideError && !thrown.retryable
  }
}
