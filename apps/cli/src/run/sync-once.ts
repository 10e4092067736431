import { setTimeout as pause } from 'node:timers/promises'
import type { RepositoryConfig } from '@mailtide/config'
import { asMailtideError, type FolderPath, type MailtideError, type SyncEvent } from '@mailtide/contracts'
import { type SideRules, type SyncRequest, sync } from '@mailtide/engine'
import { noSuchFolder } from '../errors.ts'
import type { Outcome } from '../exit-codes.ts'
import { createEventLines } from '../lines/event-lines.ts'
import type { Line } from '../lines/line.ts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountPairing, createAccountPairing } from '../rules/pair-account.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { openAccount } from './open-account.ts'

/** How one round of one account went. */
export interface RoundResult extends Outcome {
  /** What stopped the whole account, if something did. */
  readonly stoppedBy?: MailtideError
}

/** One sync of one account. Resolves whatever fails; what failed has been shown. */
export async function syncOnce(run: AccountRun, quick: boolean): Promise<RoundResult> {
  const { account, general, flags, output, signals } = run
  const linesOf = createEventLines(namesOf(account), {
    now: () => performance.now(),
    showStack: flags.trace.length > 0,
  })
  let failures = 0
  let refusals = 0
  let stoppedBy: MailtideError | undefined
  let held = { deletions: 0, epochs: 0 }

  function emit(event: SyncEvent): void {
    if (event.type === 'failed' && event.error.code !== 'engine/epoch-changed') {
      failures++
      if (loginRefusals.includes(event.error.code)) refusals++
      if (event.error.scope === 'account' || event.error.scope === 'run') stoppedBy = event.error
    }
    for (const line of [...traceOf(run, event), ...linesOf(event)]) output.show(line)
  }
  const fail = (error: MailtideError) => emit({ type: 'failed', account: account.name, error })

  try {
    let pairing: AccountPairing | undefined
    const visibleName = (path: FolderPath) => pairing?.visibleName(path)
    const { local, remote, status, close } = await openAccount(run, { quick, visibleName })
    try {
      pairing = createAccountPairing({
        source: run.rules,
        remote,
        only: flags.folders,
        signal: signals.stop,
        warn: run.warnOfSimilar,
      })
      const report = await sync({
        account: account.name,
        local,
        remote,
        status,
        emit,
        rules: { local: rulesOf(account.local), remote: rulesOf(account.remote) },
        retry: retryOf(run),
        dryRun: general.dryRun,
        signal: signals.stop,
        pairFolders: pairing.pairFolders,
        ...(flags.allowDeletions && { deletionLimits: 'none' }),
      })
      held = report.held
      if (stoppedBy === undefined) for (const name of pairing.missing()) fail(noSuchFolder(name))
    } finally {
      await close()
      await run.login.settled()
    }
  } catch (thrown) {
    if (signals.stop.aborted) output.show(stopped(run))
    else fail(asMailtideError(thrown, 'account'))
  }
  return { failures, refusals, held, ...(stoppedBy && { stoppedBy }) }
}

/** The server, or who gives out tokens, does not want us: nothing that another try would mend. */
const loginRefusals: readonly string[] = ['imap/login-refused', 'credentials/login-again']

function rulesOf({ readOnly, createFolders, syncDeletes }: RepositoryConfig): SideRules {
  return { readOnly, createFolders, syncDeletes }
}

/** A broken connection is taken up again after a second, and once more after two. */
function retryOf({ account, output }: AccountRun): NonNullable<SyncRequest['retry']> {
  return {
    attempts: 3,
    wait(attempt, signal) {
      const seconds = 2 ** (attempt - 2)
      const speaker = accountSpeaker(namesOf(account))
      output.show({ level: 'info', text: `Something went wrong that may pass; trying again in ${seconds} s`, speaker })
      return pause(seconds * 1000, undefined, { signal })
    },
  }
}

function stopped({ account }: AccountRun): Line {
  const text = `*** Stopped account '${account.name}'; the next run takes up what is left`
  return { level: 'info', text, speaker: accountSpeaker(namesOf(account)) }
}

/** What `-d thread` and `-d maildir` show of an event. */
function traceOf({ flags }: AccountRun, event: SyncEvent): Line[] {
  if (flags.trace.length === 0) return []
  const { account: _, ...rest } = event
  const text = JSON.stringify(rest, (_key, value) => (value instanceof Set ? [...value] : value))
  const isLocal = event.type === 'step-planned' || ('side' in event && event.side === 'local')
  const topics = [
    ...(flags.trace.includes('thread') ? ['thread'] : []),
    ...(flags.trace.includes('maildir') && isLocal ? ['maildir'] : []),
  ]
  return topics.map((topic) => ({ level: 'debug', text: `[${topic}]: ${event.account} ${text}` }))
}
