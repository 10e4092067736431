import { asMailtideError } from '@mailtide/contracts'
import { accountSpeaker } from '../lines/names.ts'
import { wrongValue } from '../python/errors.ts'
import { isFunction } from '../python/evaluator.ts'
import { type AccountRun, namesOf } from './account-run.ts'

/** What a hook is told of the sync that it stands before or behind. */
export type SyncMode = 'full' | 'quick' | 'idle'

/** A hook that hangs would hang the account; a day is more than any hook that works. */
const timeout = 24 * 60 * 60 * 1000

/**
 * Runs `presynchook` or `postsynchook` as OfflineIMAP does: by the shell, with nothing on stdin and the mode in its
 * environment; what it printed is shown once it has ended, and how it ended changes nothing.
 */
export async function runHook(run: AccountRun, which: 'preSyncHook' | 'postSyncHook', mode: SyncMode): Promise<void> {
  const { account, general, output, signals } = run
  const commandLine = account[which]
  if (commandLine === undefined || signals.stop.aborted) return
  const speaker = accountSpeaker(namesOf(account))
  const show = (text: string) => output.show({ level: 'info', text, speaker, isOfHook: true })
  show(`${general.dryRun ? '[DRYRUN] ' : ''}Calling hook: ${commandLine}`)
  if (general.dryRun) return
  try {
    const { runShellCommand } = await import('@mailtide/run-program')
    const { exitCode, stdout, stderr } = await runShellCommand({
      commandLine,
      timeout,
      env: { OFFLINEIMAPSYNCMODE: mode },
      signal: signals.stop,
      name: 'The hook',
      accepts: () => true,
    })
    const printed = Buffer.from(stdout).toString().trimEnd()
    for (const line of printed === '' ? [] : printed.split('\n')) show(`Hook stdout: ${line}`)
    if (stderr !== '') show(`Hook stderr: ${stderr}`)
    show(`Hook return code: ${exitCode}`)
  } catch (thrown) {
    if (signals.stop.aborted) return
    const { message } = asMailtideError(thrown, 'account')
    output.show({ level: 'warning', text: message, speaker })
  }
}

/** Calls `newmail_hook`, once unread messages have come into INBOX. Its failure stops nothing. */
export async function callNewMailHook({ account, evaluator, output, general }: AccountRun): Promise<void> {
  const { newMailHook } = account.remote
  if (!newMailHook || general.dryRun) return
  try {
    const callee = await evaluator.evaluate(newMailHook)
    if (!isFunction(callee)) throw wrongValue(newMailHook, 'a function', callee)
    await evaluator.callBatch(callee, [[]])
  } catch (thrown) {
    const { message } = asMailtideError(thrown, 'account')
    output.show({ level: 'warning', text: message, speaker: accountSpeaker(namesOf(account)) })
  }
}
