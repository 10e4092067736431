import type { MailtideError } from '@mailtide/contracts'

/** Everything that mailtide can end with. 0, 1 and 2 are OfflineIMAP's. */
export const exitCodes = {
  done: 0,
  failed: 1,
  uidValidity: 2,
  wrongUsage: 2,
  deletionsHeld: 3,
  loginRefused: 4,
  differencesFound: 5,
} as const

/** When it ends with what; the first that applies from the top of `exitCodeOf` counts. */
export const exitMeanings: Readonly<Record<(typeof exitCodes)[keyof typeof exitCodes], string>> = {
  0: 'All that there was to do was done; also when a signal ended the run and nothing had failed.',
  1: 'Something failed: a message, a folder, an account, the configuration, the list of mailboxes, what a flag such as --delete-folder was to do; or the third signal to stop.',
  2: 'Nothing failed, but a folder was left alone for its new UIDVALIDITY; also a wrong command line.',
  3: 'Nothing failed, but deletions are held back because there are so many; see --allow-deletions.',
  4: 'Nothing failed but logins: the server, or who gives out access tokens, refused them.',
  5: 'Nothing failed, and mailtide verify found differences.',
}

/** What an account's run came to. */
export interface Outcome {
  readonly failures: number
  /** How many of the failures were logins that were refused. */
  readonly refusals: number
  readonly held: { readonly deletions: number; readonly epochs: number }
}

/** Whether the server, or who gives out tokens, does not want us: nothing that another try would mend. */
export function isLoginRefusal({ code }: MailtideError): boolean {
  return code === 'imap/login-refused' || code === 'credentials/login-again'
}

/** The exit code of a run over all its accounts. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.some(({ failures, refusals }) => failures > refusals)) return exitCodes.failed
  if (outcomes.some(({ refusals }) => refusals > 0)) return exitCodes.loginRefused
  if (outcomes.some(({ held }) => held.epochs > 0)) return exitCodes.uidValidity
  if (outcomes.some(({ held }) => held.deletions > 0)) return exitCodes.deletionsHeld
  return exitCodes.done
}
