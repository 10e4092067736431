import { setTimeout as pause } from 'node:timers/promises'
import { isMaildir } from '@mailtide/config'
import {
  asMailtideError,
  type FolderPair,
  type FolderPath,
  type MailtideError,
  type SyncEvent,
} from '@mailtide/contracts'
import { type SyncRequest, sync } from '@mailtide/engine'
import { noFolderWanted, noSuchFolder } from '../errors.ts'
import { isLoginRefusal, type Outcome } from '../exit-codes.ts'
import { createEventLines, onlyWarnings } from '../lines/event-lines.ts'
import type { Line } from '../lines/line.ts'
import { accountSpeaker } from '../lines/names.ts'
import { type AccountPairing, createAccountPairing } from '../rules/pair-account.ts'
import { plainData } from '../ui/plain-data.ts'
import { type AccountRun, namesOf } from './account-run.ts'
import { withoutHeadersOf } from './filter-headers.ts'
import { callNewMailHook, runHook } from './hooks.ts'
import { labelPolicyOf } from './labels.ts'
import { createIgnored, windowOf } from './left-out.ts'
import { createMbsyncInherit, insistOnMbsyncState } from './mbsync-takeover.ts'
import { createInherit, writeForOfflineImap } from './offlineimap-takeover.ts'
import { openAccount } from './open-account.ts'
import { sideRulesOf } from './side-rules.ts'

/** How one round of one account went. */
export interface RoundResult extends Outcome {
  /** What stopped the whole account, if something did. */
  readonly stoppedBy?: MailtideError
  /** How many messages were copied, removed or altered. */
  readonly changes?: number
}

/** Folders that a daemon syncs alone, since something happened there. */
export interface FolderTask {
  readonly folders: readonly FolderPair[]
}

/**
 * One sync of one account. Resolves whatever fails; what failed has been shown. With a task, only its folders are synced;
 * what fails there as a whole is left to the round that has to follow.
 */
export async function syncOnce(run: AccountRun, quick: boolean, task?: FolderTask): Promise<RoundResult> {
  const { account, general, flags, output, signals } = run
  const linesOf = createEventLines(namesOf(account), {
    now: () => performance.now(),
    showStack: flags.trace.length > 0,
  })
  let failures = 0
  let refusals = 0
  let unseen = 0
  let stoppedBy: MailtideError | undefined
  let held = { deletions: 0, epochs: 0 }

  let changes = 0
  function emit(event: SyncEvent): void {
    if (task && event.type === 'failed' && event.error.scope !== 'message') {
      stoppedBy = event.error
      return
    }
    if (event.type === 'account-finished') changes = changesIn(event)
    if (event.type === 'failed' && !onlyWarnings.includes(event.error.code)) {
      failures++
      if (isLoginRefusal(event.error)) refusals++
      if (event.error.scope === 'account' || event.error.scope === 'run') stoppedBy = event.error
    }
    if (event.type === 'messages-copied' && event.to === 'local' && event.folders.remote === 'INBOX') {
      unseen += event.unseen ?? 0
    }
    const isHushed = event.type === 'failed' && event.error.code === 'engine/folder-read-only' && general.ignoreReadOnly
    for (const line of traceOf(run, event)) output.show(line)
    const lines = linesOf(event)
    output.tell(event, isHushed || (task && isAboutNothing(event)) ? [] : lines, namesOf(account))
  }
  const fail = (error: MailtideError) => emit({ type: 'failed', account: account.name, error })

  const mode = task ? 'idle' : quick ? 'quick' : 'full'
  await runHook(run, 'preSyncHook', mode)
  try {
    let pairing: AccountPairing | undefined
    const visibleName = (path: FolderPath) => pairing?.visibleName(path)
    const { local, remote, status, close } = await openAccount(run, { quick, visibleName })
    try {
      const kept = task && run.kept?.pairing
      const found =
        kept ??
        createAccountPairing({
          source: run.rules,
          local,
          remote,
          only: flags.folders,
          signal: signals.stop,
          warn: run.warnOfSimilar,
        })
      pairing = found
      if (run.kept) run.kept.pairing = found
      const pairs = () => found.named
      const { copyIgnore } = account.remote
      const report = await sync({
        account: account.name,
        local: isMaildir(account.local) ? local : withoutHeadersOf(local, account.filterHeaders),
        remote: withoutHeadersOf(remote, account.filterHeaders),
        status,
        emit,
        rules: sideRulesOf(account),
        window: windowOf(account, Date.now()),
        ...(await labelPolicyOf(account)),
        inherit: flags.mbsync
          ? createMbsyncInherit(account, flags.mbsync.directory, pairs)
          : createInherit(account, general.metadata, pairs),
        ...(copyIgnore && { ignored: createIgnored(copyIgnore, run.evaluator, pairs) }),
        retry: retryOf(run),
        dryRun: general.dryRun,
        signal: signals.stop,
        async pairFolders(listed) {
          run.kept?.noteListed(listed)
          const paired = await found.pairFolders(listed)
          const refused = listed.remote.length
          if (found.named.length === 0 && refused > 0 && !flags.folders) throw noFolderWanted(account.name, refused)
          if (flags.mbsync) insistOnMbsyncState(account, flags.mbsync.directory, found.named)
          return paired
        },
        ...(task && { only: task.folders }),
        ...(flags.allowDeletions && { deletionLimits: 'none' }),
      })
      held = report.held
      if (account.labels && stoppedBy === undefined && !task && !remote.capabilities.labels) output.show(noLabels(run))
      if (!task) run.kept?.noteCursors(status.folders())
      if (account.writeOfflineImapState && !general.dryRun) {
        for (const error of await writeForOfflineImap(account, general, pairs(), status)) {
          fail(asMailtideError(error, 'folder'))
        }
      }
      // An account that was stopped before its folders were known has told nothing about them.
      const isMet = stoppedBy === undefined || pairs().length > 0
      if (isMet && !task) await run.mailboxes?.note(account, pairs(), flags.folders !== undefined)
      if (stoppedBy === undefined && !task) for (const name of found.missing()) fail(noSuchFolder(name))
    } finally {
      await close()
      await Promise.all([run.logins.remote.settled(), run.logins.local?.settled()])
    }
  } catch (thrown) {
    if (signals.stop.aborted) output.show(stopped(run))
    else fail(asMailtideError(thrown, 'account'))
  }
  if (unseen > 0) await callNewMailHook(run)
  if (stoppedBy === undefined) await runHook(run, 'postSyncHook', mode)
  return { failures, refusals, held, changes, ...(stoppedBy && { stoppedBy }) }
}

function changesIn({ counts }: Extract<SyncEvent, { type: 'account-finished' }>): number {
  return [counts.local, counts.remote].reduce((sum, side) => sum + side.copied + side.removed + side.flagged, 0)
}

/** What goes without saying where only some folders are synced. */
function isAboutNothing(event: SyncEvent): boolean {
  if (event.type === 'account-finished') return changesIn(event) === 0
  return event.type === 'account-started' || event.type === 'surveyed' || event.type === 'folder-started'
}

/** A broken connection is taken up again after a second, and once more after two. */
function retryOf({ account, output }: AccountRun): NonNullable<SyncRequest['retry']> {
  return {
    attempts: account.remote.attempts,
    wait(attempt, signal) {
      const seconds = 2 ** (attempt - 2)
      const speaker = accountSpeaker(namesOf(account))
      output.show({ level: 'info', text: `Something went wrong that may pass; trying again in ${seconds} s`, speaker })
      return pause(seconds * 1000, undefined, { signal })
    },
  }
}

function noLabels({ account }: AccountRun): Line {
  const text = `${account.remote.name} offers no labels (X-GM-EXT-1): they are not synced`
  return { level: 'warning', text, speaker: accountSpeaker(namesOf(account)) }
}

function stopped({ account }: AccountRun): Line {
  const text = `*** Stopped account '${account.name}'; the next run takes up what is left`
  return { level: 'info', text, speaker: accountSpeaker(namesOf(account)) }
}

/** What `-d thread` shows of an event: all of it. */
function traceOf({ account, flags }: AccountRun, event: SyncEvent): Line[] {
  if (!flags.trace.includes('thread')) return []
  const { account: _, ...rest } = event
  const text = `[thread]: ${JSON.stringify(plainData(rest))}`
  return [{ level: 'debug', text, speaker: accountSpeaker(namesOf(account)) }]
}
